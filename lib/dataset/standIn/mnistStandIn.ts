import { gzipSync } from "node:zlib";
import type { RandomSource } from "../../random/randomSource";
import { idxBytes } from "../writer/idxBytes";
import { drawDigit, type Hand } from "./digit/drawDigit";
import type { StandInFiles } from "./standInFiles";

const hand: Hand = { wobble: 0.045, slant: [-0.2, 0.4], turn: 0.1, shift: 0.025, width: [0.5, 0.95], height: [0.66, 0.74], pen: [0.032, 0.06] };

/** Draws grey digits of 28 × 28 in the four gzipped idx files of MNIST. */
export function mnistStandIn(size: number, random: RandomSource): StandInFiles {
  return idxStandIn(size, random, (label, draws) => drawDigit(label, 28, hand, draws).map((ink) => Math.round(255 * ink)));
}

/**
 * The four files of an MNIST-like set: a training set of `size` and a test set of a fifth of it.
 *
 * @param draw an image of the class, 28 × 28, values 0 to 255
 */
export function* idxStandIn(size: number, random: RandomSource, draw: (label: number, random: RandomSource) => ArrayLike<number>): StandInFiles {
  for (const [prefix, count] of [["train", size], ["t10k", Math.ceil(size / 5)]] as const) {
    const draws = random.split(prefix);
    const labels = Uint8Array.from({ length: count }, () => draws.integer(10));
    const images = new Uint8Array(count * 784);
    labels.forEach((label, i) => images.set(draw(label, draws), i * 784));
    yield [`${prefix}-images-idx3-ubyte.gz`, gzipSync(idxBytes([count, 28, 28], images))];
    yield [`${prefix}-labels-idx1-ubyte.gz`, gzipSync(idxBytes([count], labels))];
  }
}
