import { refuse } from "../runtime/refuse";
import type { Samples } from "./dataset";
import { sampleAt } from "./floatSamples";
import { sampleSize } from "./sampleSize";

/**
 * Several lots of samples as one, in their order. Nothing is copied.
 *
 * @throws {InputError} when there are none, or their shapes differ
 * @example
 * const one = floatSamples(Float32Array.of(1, 2), [1]);
 * concatenate([one, one]).count // 4
 */
export function concatenate(lots: readonly Samples[]): Samples {
  const [first] = lots;
  if (first === undefined) refuse("concatenate", "at least one lot of samples", "none");
  const different = lots.findIndex((lot) => lot.shape.join() !== first.shape.join());
  if (different >= 0) refuse("concatenate", `samples of shape ${first.shape.join(" × ")}`, lots[different]!.shape.join(" × "), `lot ${different}`);
  const width = sampleSize(first.shape);
  let count = 0;
  const starts = lots.map((lot) => (count += lot.count) - lot.count);
  return {
    count,
    shape: first.shape,
    read(indices, out) {
      for (let i = 0; i < indices.length; i++) {
        const index = sampleAt(indices, i, count);
        const lot = starts.findLastIndex((start) => start <= index); // the last of those that start here: earlier ones are empty
        lots[lot]!.read([index - starts[lot]!], out.subarray(i * width, (i + 1) * width));
      }
    },
  };
}
