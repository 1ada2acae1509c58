import { refuse } from "../runtime/refuse";
import type { Samples } from "./dataset";
import { sampleAt } from "./floatSamples";

/**
 * A view of some samples: sample `i` of the subset is sample `indices[i]`. Nothing is copied but the indices.
 *
 * @throws {InputError} when an index is not one of a sample
 * @example
 * subset(floatSamples(Float32Array.of(10, 20, 30), [1]), [2, 0]).count // 2
 */
export function subset(samples: Samples, indices: ArrayLike<number>): Samples {
  const chosen = Int32Array.from(indices);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (!(index >= 0 && index < samples.count && Number.isInteger(index)))
      refuse("subset", `an index from 0 to ${samples.count - 1}`, index, `position ${i}`);
  }
  return {
    count: chosen.length,
    shape: samples.shape,
    read(places, out) {
      const own = new Int32Array(places.length);
      for (let i = 0; i < own.length; i++) own[i] = chosen[sampleAt(places, i, chosen.length)]!;
      samples.read(own, out);
    },
  };
}
