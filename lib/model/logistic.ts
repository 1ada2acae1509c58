import type { RandomSource } from "../random/randomSource";
import { dense } from "./dense";
import { dropout } from "./dropout";
import { network, type Network } from "./network";

/** A logistic regression to be made. */
export interface LogisticOptions {
  /** Features of a sample, ≥ 1. */
  readonly inputs: number;
  /** At least 2. */
  readonly classes: number;
  /** Rate of the dropout on the input, in [0, 1). Default 0.25. */
  readonly dropout?: number;
  readonly random: RandomSource;
}

/**
 * Multinomial logistic regression with dropout on its input: the paper's model for handwriting.
 *
 * p = softmax(dropout(x)·W + b)
 *
 * @example
 * logistic({ inputs: 64, classes: 10, random: randomSource(1) }).classes // 10
 */
export function logistic({ inputs, classes, dropout: rate = 0.25, random }: LogisticOptions): Network {
  return network({ inputShape: [inputs], layers: [dropout(rate), dense(classes)], random });
}
