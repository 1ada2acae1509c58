import { refuse } from "../../runtime/refuse";
import type { Samples } from "../dataset";
import { sampleSize } from "../sampleSize";

/** Numbers that are looked at in one go. */
const block = 2 ** 20;

/**
 * Reads all samples once, a block at a time.
 *
 * @throws {InputError} naming the first sample with a number that is not finite
 */
export function requireFinite(samples: Samples, where: string): void {
  const width = sampleSize(samples.shape);
  const rows = Math.max(1, Math.floor(block / width));
  const values = new Float32Array(Math.min(rows, samples.count) * width);
  for (let first = 0; first < samples.count; first += rows) {
    const count = Math.min(rows, samples.count - first);
    samples.read(Int32Array.from({ length: count }, (_, i) => first + i), values);
    for (let at = 0; at < count * width; at++)
      if (!(values[at]! - values[at]! === 0)) refuse("loadPool", "a finite number", values[at], `${where}, sample ${first + Math.floor(at / width)}`);
  }
}
