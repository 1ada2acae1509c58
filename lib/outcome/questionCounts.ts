import { offerName } from "../question/offer";
import { hasEnded } from "./hasEnded";
import { meanAndSd } from "./meanAndSd";
import { askedName, runName, type OutcomeRecord, type ReplicateOutcome } from "./record";

/** How often a run asked one kind of question. Numbers are means over replicates. */
export interface QuestionCount {
  readonly dataset: string;
  readonly method: string;
  readonly exploration: boolean;
  /** `"Class"`, `"All2"`, … */
  readonly question: string;
  readonly replicates: number;
  readonly asked: number;
  /** Unbiased standard deviation over replicates; absent for one replicate. */
  readonly askedSd?: number;
  /** Share of yes among all yes and no answers of all replicates; absent for Class and where there is none. */
  readonly yesShare?: number;
  /** Asked while spending the first, second and last third of the budget; they sum to `asked`. */
  readonly askedByThird: readonly [number, number, number];
}

/** Counts the questions of every run that has a choice between several offers, in the replicates in which it came to its end. */
export function questionCounts(outcomes: readonly ReplicateOutcome[]): QuestionCount[] {
  const all = outcomes.flatMap(({ header, runs }) => runs.filter((run) => hasEnded(run, header.settings.budget)).map((run) => ({ header, run })));
  const names = new Set(all.map(({ run }) => runName(run)));
  return [...names].flatMap((name) => {
    const made = all.filter(({ run }) => runName(run) === name);
    const { header, run } = made[0]!;
    const offers = header.offers[name] ?? [];
    if (offers.length < 2) return [];
    return offers.map((offer) => ({
      dataset: header.dataset,
      method: run.method,
      exploration: run.exploration,
      question: offerName(offer),
      ...count(made.map((one) => ({ records: one.run.records, budget: one.header.settings.budget })), offerName(offer)),
    }));
  });
}

function count(runs: readonly { records: readonly OutcomeRecord[]; budget: number }[], question: string) {
  const asked = runs.map(({ records, budget }) => ({ budget, records: records.filter((record) => askedName(record) === question) }));
  const numbers = asked.map(({ records }) => records.length);
  const answers = asked.flatMap(({ records }) => records.map(({ answer }) => answer)).filter((answer) => answer === "yes" || answer === "no");
  const { mean, sd } = meanAndSd(numbers);
  const inThird = (third: number) => meanAndSd(asked.map(({ records, budget }) => records.filter(({ spent }) => thirdOf(spent, budget) === third).length)).mean;
  return {
    replicates: runs.length,
    asked: mean,
    ...(sd === undefined ? {} : { askedSd: sd }),
    ...(answers.length > 0 ? { yesShare: answers.filter((answer) => answer === "yes").length / answers.length } : {}),
    askedByThird: [inThird(0), inThird(1), inThird(2)] as const,
  };
}

/** A question belongs to the third in which its payment ends; costs are decimal sums, hence the tolerance. */
function thirdOf(spent: number, budget: number): number {
  return Math.min(2, Math.max(0, Math.ceil((3 * spent) / budget - 1e-6) - 1));
}
