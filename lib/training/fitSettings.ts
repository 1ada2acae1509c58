import type { Samples } from "../dataset/dataset";
import type { Classifier } from "../model/classifier";
import type { AnsweredQuestion } from "../question/question";
import type { RandomSource } from "../random/randomSource";
import type { SgdOptions } from "./sgd";

/** `"paper"`: what the paper's released code does. `"corrected"`: the same with its slips mended; the README lists them. */
export type Fidelity = "paper" | "corrected";

/** How a classifier is fitted. */
export interface FitSettings {
  /** At most this many passes over the observations, ≥ 1. */
  readonly epochs: number;
  /** Observations per mini-batch, ≥ 1; the last one is balanced (see `balancedBatchSize`). */
  readonly batchSize: number;
  /** The optimiser's step size, > 0. */
  readonly learningRate: number;
  /** Default Adam, started afresh for every fit. */
  readonly optimizer?: { readonly name: "adam" } | SgdOptions;
  /**
   * What the sum of losses of a mini-batch is divided by. `"shown"`: the samples shown, labeled ones counted twice, as the paper
   * has it. `"observations"`: labels and answers, the usual mean. Default `"shown"`.
   */
  readonly divisor?: "shown" | "observations";
  /** Stop at this many epochs in a row that are not below the lowest loss so far; Infinity never stops early. Default 5. */
  readonly patience?: number;
  /** `"corrected"` restores the weights of the best epoch; `"paper"` keeps the last ones. */
  readonly fidelity: Fidelity;
  /** Coefficient and names of the layers of an L1 penalty. Default none. */
  readonly l1?: { readonly coefficient: number; readonly layers: readonly string[] };
}

/** One fit: a classifier, what it learns from, and how. The classifier's weights change in place. */
export interface FitRequest {
  readonly classifier: Classifier;
  readonly samples: Samples;
  readonly observations: readonly AnsweredQuestion[];
  readonly settings: FitSettings;
  readonly random: RandomSource;
}

/** What a fit did. */
export interface FitReport {
  readonly epochs: number;
  /** Mean training loss of every epoch, dropout on, L1 included. */
  readonly losses: readonly number[];
  readonly stoppedEarly: boolean;
}

/** Fits classifiers: one by one, or gathered into a crowd that steps together. */
export interface Trainer {
  fit(request: FitRequest): Promise<FitReport>;
}
