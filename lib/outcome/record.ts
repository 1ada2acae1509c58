import { offerName, type Offer } from "../question/offer";
import type { OutcomeRecord, RunOutcome } from "../loop/runOutcome";
import type { Fidelity } from "../training/fitSettings";

export type { Certainty, Metrics } from "../probability/metrics";
export type { OpenOutcome, OpenRecord, OutcomeRecord, RunOutcome } from "../loop/runOutcome";

/** Where a replicate's records come from: enough to run it again. */
export interface OutcomeHeader {
  /** Version of the file format; in 1 no run says why it stopped. */
  readonly format: 1 | 2;
  /** Name of the study, e.g. `"handwriting"`. */
  readonly study: string;
  /** Name of the dataset in the registry. */
  readonly dataset: string;
  /** The data in words, for titles. */
  readonly source: string;
  /** True when almq drew the data itself. */
  readonly standIn: boolean;
  readonly fidelity: Fidelity;
  readonly seed: number | string;
  /** Number of the replicate, from 0. */
  readonly replicate: number;
  readonly settings: OutcomeSettings;
  /** Versions of what computed the records: `almq`, `tensorflow`, `tfjs`, `node`. */
  readonly versions: Readonly<Record<string, string>>;
  /** What computed the models, e.g. `"tensorflow"` or `"cpu"`. */
  readonly backend: string;
  /** The offers of every run, by `runName`. */
  readonly offers: Readonly<Record<string, readonly Offer[]>>;
  /** Accuracies of one model fitted on the whole labeled pool. */
  readonly full?: { readonly poolAccuracy: number; readonly testAccuracy?: number };
}

/** The sizes that figures need, and whatever else the study was set to (plain JSON values). */
export interface OutcomeSettings {
  /** Samples labeled at random before the first question. */
  readonly initial: number;
  /** Budget of every run. */
  readonly budget: number;
  /** Budget of one batch: the model is refitted after it. */
  readonly batchBudget: number;
  readonly [name: string]: unknown;
}

/** One repetition of a study: every method from the same split and the same initial model. */
export interface ReplicateOutcome {
  readonly header: OutcomeHeader;
  readonly runs: readonly RunOutcome[];
}

/**
 * The name of a run in files and figures: the method, and `+EE` when it explores.
 *
 * @example
 * runName({ method: "ALMQ", exploration: true }) // "ALMQ+EE"
 */
export function runName({ method, exploration }: Pick<RunOutcome, "method" | "exploration">): string {
  return exploration ? `${method}+EE` : method;
}

/** The kind of question a record asked (`"Class"`, `"All3"`); undefined at step 0. */
export function askedName({ question, asked }: Pick<OutcomeRecord, "question" | "asked">): string | undefined {
  return question === undefined ? asked : offerName({ kind: question.kind, size: question.samples.length });
}
