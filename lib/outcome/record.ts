import { offerName, type Offer } from "../question/offer";
import type { Answer, Question } from "../question/question";
import type { Fidelity } from "../training/fitSettings";

/** How certain a model is on a set of samples: what can be known without labels. See `certainty`. */
export interface Certainty {
  /** Mean of −Σ p·log(p + 1e-5), nats. */
  readonly entropy: number;
  /** Mean of Σ p·(1 − p). */
  readonly variance: number;
  /** Mean of 1 − max p. */
  readonly leastConfidence: number;
}

/** How good and how certain a model is on a set of samples. See `metrics`. */
export interface Metrics extends Certainty {
  /** Share of samples whose most probable class is their label, 0 to 1. */
  readonly accuracy: number;
  /** Mean of −log(p[label] + 1e-5), nats. */
  readonly crossEntropy: number;
}

/** The state of a run after one question; step 0 is the state before the first. */
export interface OutcomeRecord {
  /** Questions asked so far. */
  readonly step: number;
  /** Budget spent so far, in the unit of the costs. */
  readonly spent: number;
  /** What was asked; absent at step 0, and in imported results that keep only the kind of question. */
  readonly question?: Question;
  /** `offerName` of what was asked, where the question itself is not known. See `askedName`. */
  readonly asked?: string;
  /** What the oracle said; absent at step 0. */
  readonly answer?: Answer;
  /** Utility per cost of every offer of the run when it chose, in the order of the offers; absent where a run has no scores. */
  readonly scores?: readonly number[];
  /** The current model on the whole pool, asked samples included. */
  readonly pool: Metrics;
  /** The current model on the test set; absent without one. */
  readonly test?: Metrics;
}

/** All that one method did in one replicate. */
export interface RunOutcome {
  /** "ALMQ", "BADGE", "BALD", "EN", "VAR", "LC", "RA", or a name of the user's own, without "+", commas or spaces. */
  readonly method: string;
  /** Whether the Class question was restricted to explored samples (EE). */
  readonly exploration: boolean;
  /** In the order of the steps, step 0 first. */
  readonly records: readonly OutcomeRecord[];
}

/** The state of a run whose true labels nobody knows. */
export interface OpenRecord extends Omit<OutcomeRecord, "pool"> {
  readonly pool: Certainty;
}

/** All that a run did whose true labels nobody knows. */
export interface OpenOutcome extends Omit<RunOutcome, "records"> {
  readonly records: readonly OpenRecord[];
}

/** Where a replicate's records come from: enough to run it again. */
export interface OutcomeHeader {
  /** Version of the file format. */
  readonly format: 1;
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
