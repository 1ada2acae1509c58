import type { Samples } from "../dataset/dataset";
import type { Classifier } from "../model/classifier";
import type { Oracle } from "../oracle/oracle";
import type { Probabilities } from "../probability/probabilities";
import type { AnsweredQuestion } from "../question/question";
import type { RandomSource } from "../random/randomSource";
import type { ExplorationSettings } from "../selection/exploration";
import type { Strategy } from "../selection/strategy";
import type { FitSettings, Trainer } from "../training/fitSettings";
import type { Checkpoint, RunState } from "./checkpoint";
import type { MeasuredCost } from "./measuredCosts";
import type { OpenRecord, OutcomeRecord } from "./runOutcome";
import type { LearnedAnswer, LearnedState } from "./stopping/learnedState";
import type { StoppingRule } from "./stopping/stoppingRule";

/** One active-learning run whose true labels nobody knows: what it learns, from whom, and how far it may go. */
export interface OpenRun {
  readonly pool: Samples;
  /** Samples kept aside to measure the model with. */
  readonly test?: { readonly samples: Samples; readonly labels: Int32Array };
  /** Learns in place; still the caller's to dispose. */
  readonly classifier: Classifier;
  readonly oracle: Oracle;
  readonly strategy: Strategy;
  /**
   * Measures the model, after every fit, on so many samples of the pool, drawn once: the records' `pool`, and what stopping rules and
   * `onBatch` see of it. At least 1; what is asked does not change. Default: on all of them, a pass over the whole pool.
   */
  readonly measured?: number;
  /** What is known before the first question, usually `labeled` samples; at least one. */
  readonly initial: readonly AnsweredQuestion[];
  /** True when the classifier already knows the initial samples. Default false: it is fitted to them first. */
  readonly fitted?: boolean;
  /**
   * `"assumed"` (default): what the strategy's offers say. `"measured"`: from the second batch on what the oracle's
   * seconds say, see `measuredCosts`; the budget stays in the unit of the offers.
   */
  readonly costs?: "assumed" | "measured";
  /** Cost that may be spent, > 0. */
  readonly budget: number;
  /** Cost between two refits, > 0. */
  readonly batchBudget: number;
  /** Ends the run before its budget is spent, e.g. `anyOf(plateau(), maxTime({ seconds: 600 }))`. Default: nothing does. */
  readonly stopWhen?: StoppingRule;
  /** Keeps Class questions away from what is known; default off. */
  readonly exploration?: ExplorationSettings;
  readonly fit: FitSettings;
  /** Default: fits alone, at once. A crowd trains many runs together. */
  readonly trainer?: Trainer;
  /** Called after every record, e.g. to draw progress. */
  onRecord?(record: OpenRecord): void;
  /** Called when the answers of a batch are learned; `"stop"` ends the run. */
  onBatch?(batch: LearnedBatch): "stop" | void | Promise<"stop" | void>;
  /**
   * Where the run keeps what it needs to go on, e.g. `checkpointFile("my-run")`; written at the end of every round. A run that
   * finds something there goes on behind it: it fits and asks nothing again, and its records are those of a run that was never
   * interrupted, bit for bit. `onRecord` is called for all of them, `onBatch` for new ones. Whatever else remembers, such as an
   * oracle that tires, begins anew. Default: a run ends with its process.
   */
  readonly checkpoint?: Checkpoint<RunState>;
  readonly random: RandomSource;
}

/** One active-learning run. */
export interface Run extends OpenRun {
  /** True labels of the pool. They only measure the model; the oracle answers. */
  readonly labels: Int32Array;
  onRecord?(record: OutcomeRecord): void;
}

/** Questions that were asked of one model, and the model that has learned from their answers. */
export interface LearnedBatch {
  /** From 1 on. */
  readonly round: number;
  readonly asked: readonly LearnedAnswer[];
  readonly spent: number;
  /** What the model says about the pool now, or about the part that is `measured`, in ascending order. */
  readonly probabilities: Probabilities;
  /** What the questions cost from now on. */
  readonly costs: readonly MeasuredCost[];
  /** Every state of the run so far, oldest first: what stopping rules look at. */
  readonly states: readonly LearnedState[];
}
