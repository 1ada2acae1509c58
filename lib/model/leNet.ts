import type { RandomSource } from "../random/randomSource";
import { conv2d } from "./conv2d";
import { dense } from "./dense";
import { dropout } from "./dropout";
import { flatten } from "./flatten";
import { network, type Network } from "./network";
import { relu } from "./relu";

/** A LeNet to be made. */
export interface LeNetOptions {
  /** Height, width and channels, at least 16 × 16. Default 28 × 28 × 1. */
  readonly inputShape?: readonly [number, number, number];
  /** At least 2. */
  readonly classes: number;
  /** Rate of a dropout behind both hidden dense layers, in [0, 1). Default 0: none, so that all Monte Carlo draws are the same. */
  readonly dropout?: number;
  readonly random: RandomSource;
}

/**
 * LeNet-5 with ReLU and max-pooling: two convolutions (5 × 5, 6 and 16 filters per input channel) and dense layers of 120 and 84.
 *
 * @see LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document recognition
 * @example
 * leNet({ inputShape: [32, 32, 3], classes: 10, dropout: 0.5, random: randomSource(1) }).classes // 10
 */
export function leNet({ inputShape = [28, 28, 1], classes, dropout: rate = 0, random }: LeNetOptions): Network {
  const [, , channels] = inputShape;
  const convolution = (filters: number) => [conv2d({ filters: filters * channels, kernel: 5, pool: 2 }), relu()];
  const hidden = (units: number) => [dense(units), relu(), ...(rate === 0 ? [] : [dropout(rate)])];
  const layers = [...convolution(6), ...convolution(16), flatten(), ...hidden(120), ...hidden(84), dense(classes)];
  return network({ inputShape, layers, random });
}
