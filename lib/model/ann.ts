import type { RandomSource } from "../random/randomSource";
import { dense } from "./dense";
import { dropout } from "./dropout";
import { network, type Network } from "./network";
import { relu } from "./relu";

/** A network with one hidden layer to be made. */
export interface AnnOptions {
  /** Features of a sample, ≥ 1. */
  readonly inputs: number;
  /** Units of the hidden layer, ≥ 1. Default 128. */
  readonly hidden?: number;
  /** At least 2. */
  readonly classes: number;
  /** Rate of the dropout on the hidden layer, in [0, 1). Default 0.25. */
  readonly dropout?: number;
  readonly random: RandomSource;
}

/**
 * A network with one hidden layer: the paper's model for human activities.
 *
 * p = softmax(dropout(max(x·W₁ + b₁, 0))·W₂ + b₂)
 *
 * @example
 * ann({ inputs: 561, classes: 6, random: randomSource(1) }).classes // 6
 */
export function ann({ inputs, hidden = 128, classes, dropout: rate = 0.25, random }: AnnOptions): Network {
  return network({ inputShape: [inputs], layers: [dense(hidden), relu(), dropout(rate), dense(classes)], random });
}
