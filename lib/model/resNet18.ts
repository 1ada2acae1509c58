import type { RandomSource } from "../random/randomSource";
import { dense } from "./dense";
import { dropout } from "./dropout";
import { network, type Network } from "./network";
import { resNetTrunk } from "./resNet";

/** A ResNet-18 for small images to be made. */
export interface ResNet18Options {
  /** Height, width and channels. Default 32 × 32 × 3. */
  readonly inputShape?: readonly [number, number, number];
  /** At least 2. */
  readonly classes: number;
  /** Filters of the first stage. Default 64. */
  readonly filters?: number;
  /** Rate of a dropout behind the pooling, in [0, 1). Default 0: none, so that all Monte Carlo draws are the same. */
  readonly dropout?: number;
  readonly random: RandomSource;
}

/**
 * ResNet-18 for small images, from scratch: a 3 × 3 stem without pooling in place of the 7 × 7 one.
 *
 * @see He, Zhang, Ren, Sun (2015), arXiv 1512.03385
 */
export function resNet18({ inputShape = [32, 32, 3], classes, filters = 64, dropout: rate = 0, random }: ResNet18Options): Network {
  const trunk = resNetTrunk({ block: "basic", blocks: [2, 2, 2, 2], filters, stem: "small" });
  return network({ inputShape, layers: [...trunk, ...(rate === 0 ? [] : [dropout(rate)]), dense(classes, "fc")], random });
}
