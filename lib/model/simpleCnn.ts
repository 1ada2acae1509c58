import type { RandomSource } from "../random/randomSource";
import { conv2d } from "./conv2d";
import { dense } from "./dense";
import { dropout } from "./dropout";
import { flatten } from "./flatten";
import { network, type Network } from "./network";
import { relu } from "./relu";

/** A small convolutional network to be made. */
export interface SimpleCnnOptions {
  /** Height, width and channels, at least 6 × 6. Default 28 × 28 × 1. */
  readonly inputShape?: readonly [number, number, number];
  /** At least 2. */
  readonly classes: number;
  /** Rates of the dropout behind the pooling and behind the hidden layer, in [0, 1). Default 0.25 and 0.5. */
  readonly dropout?: readonly [number, number];
  readonly random: RandomSource;
}

/**
 * Two convolutions and a hidden layer: the paper's model for MNIST.
 *
 * conv 32 (3 × 3), conv 64 (3 × 3), pooling 2, dropout 0.25, dense 128, dropout 0.5, dense
 *
 * @example
 * simpleCnn({ classes: 10, random: randomSource(1) }).classes // 10
 */
export function simpleCnn({ inputShape = [28, 28, 1], classes, dropout: [early, late] = [0.25, 0.5], random }: SimpleCnnOptions): Network {
  const images = [conv2d({ filters: 32, kernel: 3 }), relu(), conv2d({ filters: 64, kernel: 3, pool: 2 }), relu(), flatten()];
  const vectors = [dropout(early), dense(128), relu(), dropout(late), dense(classes)];
  return network({ inputShape, layers: [...images, ...vectors], random });
}
