import { version } from "../../package.json";
import { subset } from "../dataset/subset";
import { backend } from "../model/backend";
import { poolChecksum } from "../oracle/poolChecksum";
import type { Reply } from "../oracle/oracle";
import { offerName } from "../question/offer";
import { refuse } from "../runtime/refuse";
import { requireSame } from "../runtime/requireSame";
import type { OpenRun } from "./run";
import type { OpenRecord } from "./runOutcome";
import type { LearnedState } from "./stopping/learnedState";
import type { Stop } from "./stopping/stoppingRule";

/** Where work keeps what it needs to go on after its process has ended, e.g. `checkpointFile("my-run")`. */
export interface Checkpoint<State> {
  /** What was written last, by this process or an earlier one; nothing at the start. */
  read(): State | undefined;
  /** Takes the place of what was written before, whole or not at all. */
  write(state: State): void;
  /** Is it worth writing again? A round that is not written is run again after a crash. Default: after every round. */
  due?(): boolean;
}

/** A run at the end of a round: all else follows from its seed. */
export interface RunState {
  /** What run it is, in plain values: no other goes on from it. */
  readonly run: Readonly<Record<string, unknown>>;
  /** What the oracle said in each round. */
  readonly replies: readonly (readonly Reply[])[];
  readonly records: readonly OpenRecord[];
  /** What stopping rules look at; empty where nobody watches. */
  readonly states: readonly LearnedState[];
  /** The classifier's, but for those of a frozen body. */
  readonly weights: Readonly<Record<string, Float32Array>>;
  /** Seconds that the run has taken. */
  readonly seconds: number;
  /** Why it ended; absent while it goes on. */
  readonly stopped?: Stop;
}

/**
 * What was kept of a run.
 *
 * @throws {InputError} naming what differs, when it is another run's, or was made by other versions, whose numbers may differ
 */
export function savedRun(run: OpenRun, identity: RunState["run"]): RunState | undefined {
  const saved = run.checkpoint?.read();
  if (saved !== undefined) requireSame("activeLearning", "a checkpoint of this run", identity, saved.run, "the checkpoint; without it the run begins again");
  return saved;
}

/** What a run is, as far as its numbers depend on it. */
export function runIdentity(run: OpenRun): RunState["run"] {
  const { pool, test, classifier, strategy, initial, fitted = false, costs = "assumed", budget, batchBudget, exploration, fit, measured, random } = run;
  const samples = [...new Set(initial.flatMap(({ question }) => question.samples))];
  return {
    method: strategy.name,
    offers: Object.fromEntries(strategy.offers.map((offer) => [offerName(offer), offer.cost])),
    pool: { samples: pool.count, shape: pool.shape, initial: poolChecksum(subset(pool, samples)) },
    ...(measured !== undefined && { measured }),
    ...(test && { test: test.samples.count }),
    classes: classifier.classes,
    initial: JSON.stringify(initial),
    ...{ fitted, costs, budget, batchBudget, exploration: exploration ?? "off", fit },
    random: random.path,
    versions: { almq: version, ...backend() },
  };
}

/** The questions of a round that was played before, with what they cost now. */
export function playedBatch({ records, replies }: RunState, round: number, strategy: OpenRun["strategy"]) {
  const first = 1 + replies.slice(0, round).reduce((sum, { length }) => sum + length, 0);
  return replies[round]!.map((reply, i) => {
    const question = records[first + i]?.question ?? refuse("activeLearning", "a question for every reply", "none", "the checkpoint");
    const name = offerName({ kind: question.kind, size: question.samples.length });
    const offer = strategy.offers.find((one) => offerName(one) === name) ?? refuse("activeLearning", "questions on offer", name, "the checkpoint");
    return { question, offer, reply };
  });
}
