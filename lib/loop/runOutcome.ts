import type { Certainty, Metrics } from "../probability/metrics";
import type { Answer, Question } from "../question/question";
import type { Stop } from "./stopping/stoppingRule";

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
  /** Score of every offer of the run when it chose, max(utility, 0)/cost + 2e-5 or 0 where its cost did not fit, in the order of the offers; absent where a run has no scores. */
  readonly scores?: readonly number[];
  /** The current model on the whole pool, asked samples included, or on its `measured` part. */
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
  /** Why it ended; absent while it goes on, and where its records were cut short. Files keep no more than the rule's name. */
  readonly stopped?: Stop;
}

/** The state of a run whose true labels nobody knows. */
export interface OpenRecord extends Omit<OutcomeRecord, "pool"> {
  readonly pool: Certainty;
}

/** All that a run did whose true labels nobody knows. */
export interface OpenOutcome extends Omit<RunOutcome, "records"> {
  readonly records: readonly OpenRecord[];
}

/** An outcome that says why its run ended. */
export type Ended<Outcome> = Outcome & { readonly stopped: Stop };
