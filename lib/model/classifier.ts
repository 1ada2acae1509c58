import type { Samples } from "../dataset/dataset";
import type { Probabilities } from "../probability/probabilities";
import type { RandomSource } from "../random/randomSource";

/** Vectors of the pool, row-major [sample, width]. */
export interface Embedding {
  readonly values: Float32Array;
  readonly width: number;
}

/** What a classifier says about samples without dropout, in one pass. */
export interface Prediction {
  /** Row-major [sample, class]. */
  readonly logits: Float32Array;
  /** Soft-max of the logits. */
  readonly probabilities: Probabilities;
  /** Input of the last layer, for BADGE and core-set. Made only when asked for. */
  readonly embedding?: Embedding;
}

/** What a look at samples works out beside the prediction. */
export interface LookOptions {
  /** The input of the last layer too. Default false. */
  readonly embedding?: boolean;
  /** Dropout networks to be drawn, as `draws` does. Default none. */
  readonly draws?: { readonly count: number; readonly random: RandomSource };
}

/** A prediction and, where they were asked for, the probabilities under dropout networks. */
export interface Look extends Prediction {
  /** [sample, class, draw] */
  readonly draws?: Probabilities;
}

/**
 * A network with weights. It owns memory: call `dispose` when done.
 * Nothing it returns is a tensor.
 */
export interface Classifier {
  readonly classes: number;
  /** Logits, probabilities and, on request, the embedding of every sample. */
  predict(samples: Samples, options?: { embedding?: boolean }): Prediction;
  /**
   * Probabilities under `count` dropout networks: one mask per draw, shared by every sample, kept values divided by 1 − rate.
   *
   * @returns probabilities [sample, class, draw]; equal draws when the network has no dropout
   */
  draws(samples: Samples, count: number, random: RandomSource): Probabilities;
  /**
   * Predicts and draws in one pass, so that what both need is worked out once; a large pool keeps nobody waiting:
   * the event loop gets its turn many times a second. The numbers are those of `predict` and `draws`.
   */
  look(samples: Samples, options?: LookOptions): Promise<Look>;
  /**
   * A copy of every weight, by layer name.
   *
   * @param options `frozen: false` leaves out those of a frozen body, which never change. Default true
   */
  weights(options?: { frozen?: boolean }): Record<string, Float32Array>;
  /**
   * Takes over copies of weights that the same network told; those that are not given stay.
   *
   * @throws {InputError} for weights that the network does not have, or of another size; nothing is taken over then
   */
  restore(weights: Readonly<Record<string, Float32Array>>): void;
  /** Another classifier of the same network with copies of these weights. */
  clone(): Classifier;
  dispose(): void;
}
