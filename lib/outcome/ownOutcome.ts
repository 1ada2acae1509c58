import type { Dataset } from "../dataset/dataset";
import { refuse } from "../runtime/refuse";
import type { Strategy } from "../selection/strategy";
import type { Fidelity } from "../training/fitSettings";
import { madeWith } from "./madeWith";
import { runName, type OutcomeSettings, type ReplicateOutcome, type RunOutcome } from "./record";

/** Where runs of your own come from: with it they can be run again. */
export interface OwnStudy {
  /** A name for what is compared, e.g. `"first-learner"`. */
  readonly study: string;
  readonly data: Pick<Dataset, "name" | "source" | "standIn">;
  /** The seed that every random step follows from. */
  readonly seed: number | string;
  /** Number of the replicate, ≥ 0. Default 0. */
  readonly replicate?: number;
  /** The runs' sizes, and whatever else they were set to (plain JSON values), e.g. `fit`. */
  readonly settings: OutcomeSettings;
  /** Default `"corrected"`. */
  readonly fidelity?: Fidelity;
  /** The strategies of the runs: what was on offer, at which cost. */
  readonly strategies: readonly Pick<Strategy, "name" | "offers">[];
}

/**
 * Runs of your own as one replicate of a study, which `writeOutcome` keeps and `readOutcomes` reads back: every method once,
 * from the same split and the same first labels.
 *
 * @param runs as `activeLearning` returns them
 * @throws {InputError} when two runs have one name, or a run's strategy is not among the strategies
 */
export function ownOutcome(runs: readonly RunOutcome[], own: OwnStudy): ReplicateOutcome {
  const { study, data, seed, replicate = 0, settings, fidelity = "corrected", strategies } = own;
  const offers = runs.map((run) => {
    const strategy = strategies.find(({ name }) => name === run.method);
    return [runName(run), strategy?.offers ?? refuse("ownOutcome", "the strategy of every run", strategies.map(({ name }) => name), run.method)] as const;
  });
  const [twice] = offers.filter(([name], i) => offers.findIndex(([other]) => other === name) < i);
  if (twice !== undefined) refuse("ownOutcome", "every method once, and further ones as replicates of their own", "a second one", twice[0]);
  const origin = { study, dataset: data.name, source: data.source, standIn: data.standIn, fidelity, seed, replicate, settings };
  return { header: { format: 2, ...origin, ...madeWith(), offers: Object.fromEntries(offers) }, runs };
}
