import type { RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import type { Samples } from "../dataset";
import { sampleSize } from "../sampleSize";

/** Changes the numbers of one sample in place. */
export type Disturb = (values: Float32Array, random: RandomSource) => void;

/**
 * Samples of which some are disturbed. Which ones, and how, is drawn once and for all:
 * a sample reads the same however often and in whatever order it is read.
 *
 * @param probability of a sample to be hit, from 0 to 1
 */
export function noisySamples(samples: Samples, probability: number, disturb: Disturb, random: RandomSource, caller: string): Samples {
  if (!(probability >= 0 && probability <= 1)) refuse(caller, "a probability from 0 to 1", probability);
  const width = sampleSize(samples.shape);
  const draws = random.split("hit");
  const hit = Uint8Array.from({ length: samples.count }, () => (draws.next() < probability ? 1 : 0));
  return {
    count: samples.count,
    shape: samples.shape,
    read(indices, out) {
      samples.read(indices, out);
      for (let i = 0; i < indices.length; i++)
        if (hit[indices[i]!] === 1) disturb(out.subarray(i * width, (i + 1) * width), random.split(`sample ${indices[i]}`));
    },
  };
}
