import { refuse } from "../runtime/refuse";
import type { Samples } from "./dataset";
import { sampleSize } from "./sampleSize";

/**
 * Samples held in memory as numbers.
 *
 * @param values row-major [sample, ...shape]; kept, not copied
 * @param shape shape of one sample, e.g. `[64]`
 * @throws {InputError} when the values do not fill whole samples
 * @example
 * floatSamples(Float32Array.of(1, 2, 3, 4), [2]).count // 2
 */
export function floatSamples(values: Float32Array, shape: readonly number[]): Samples {
  const width = sampleSize(shape);
  if (values.length % width !== 0) refuse("floatSamples", `whole samples of ${width} values`, `${values.length} values`);
  const count = values.length / width;
  return {
    count,
    shape,
    read(indices, out) {
      for (let i = 0, next = 0; i < indices.length; i = next) {
        const start = sampleAt(indices, i, count);
        for (next = i + 1; next < indices.length && indices[next] === start + next - i; ) sampleAt(indices, next++, count);
        out.set(values.subarray(start * width, (start + next - i) * width), i * width); // neighbours in one go
      }
    },
  };
}

/** The index of the `i`-th sample to read, checked: a typed array read out of bounds would go unnoticed. */
export function sampleAt(indices: ArrayLike<number>, i: number, count: number): number {
  const index = indices[i]!;
  if (!(index >= 0 && index < count && Number.isInteger(index))) refuse("Samples.read", `an index from 0 to ${count - 1}`, index, `position ${i}`);
  return index;
}
