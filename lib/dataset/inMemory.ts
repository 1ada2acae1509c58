import type { Samples } from "./dataset";
import { floatSamples } from "./floatSamples";
import { sampleSize } from "./sampleSize";

/**
 * Reads all samples once and keeps them as numbers, so that later reads cost nothing but a copy.
 * Needs 4 bytes per number: right for tables and small images, wrong for a large pool.
 */
export function inMemory(samples: Samples): Samples {
  const values = new Float32Array(samples.count * sampleSize(samples.shape));
  samples.read(Int32Array.from({ length: samples.count }, (_, i) => i), values);
  return floatSamples(values, samples.shape);
}
