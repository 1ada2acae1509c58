import { refuse } from "../runtime/refuse";
import type { Samples } from "./dataset";
import { sampleSize } from "./sampleSize";

/** Mean and unbiased standard deviation of every feature. */
export interface FeatureScale {
  readonly mean: Float64Array;
  readonly standardDeviation: Float64Array;
}

/** Samples read at a time, so that a pool on disk is scaled without being held. */
const batch = 256;

/**
 * Mean and unbiased standard deviation (divisor N − 1) of every feature, in two passes.
 *
 * @throws {InputError} with fewer than two samples
 */
export function featureScale(samples: Samples): FeatureScale {
  if (samples.count < 2) refuse("featureScale", "at least two samples", samples.count);
  const width = sampleSize(samples.shape);
  const mean = averageOf(samples, width, samples.count, (value) => value);
  const variance = averageOf(samples, width, samples.count - 1, (value, feature) => (value - mean[feature]!) ** 2);
  return { mean, standardDeviation: variance.map(Math.sqrt) };
}

/**
 * Scales every feature to mean 0 and standard deviation 1 as measured on other samples:
 * z = (x − mean) / (sd + 1e-5), the small constant being the paper's.
 *
 * Measure on the pool and scale both pool and test set with it. Measuring on everything,
 * test set included, is what the paper's handwriting study does: a small leak.
 *
 * @param samples what is scaled; read when the result is read
 * @param by what mean and standard deviation are measured on, now
 * @throws {InputError} when the two have different shapes, or `by` has fewer than two samples
 * @example
 * const pool = floatSamples(Float32Array.of(1, 3), [1]);
 * const z = new Float32Array(2);
 * standardize(pool, pool).read([0, 1], z);
 * Array.from(z, (value) => Number(value.toFixed(2))) // [-0.71, 0.71]
 */
export function standardize(samples: Samples, by: Samples): Samples {
  if (samples.shape.join() !== by.shape.join()) refuse("standardize", `samples of shape ${by.shape.join(" × ")}`, samples.shape.join(" × "));
  const { mean, standardDeviation } = featureScale(by);
  const width = mean.length;
  return {
    count: samples.count,
    shape: samples.shape,
    read(indices, out) {
      samples.read(indices, out);
      for (let i = 0, at = 0; i < indices.length; i++)
        for (let feature = 0; feature < width; feature++, at++) out[at] = (out[at]! - mean[feature]!) / (standardDeviation[feature]! + 1e-5);
    },
  };
}

function averageOf(samples: Samples, width: number, divisor: number, of: (value: number, feature: number) => number): Float64Array {
  const sums = new Float64Array(width);
  const rows = new Float32Array(Math.min(batch, samples.count) * width);
  for (let start = 0; start < samples.count; start += batch) {
    const indices = Int32Array.from({ length: Math.min(batch, samples.count - start) }, (_, i) => start + i);
    samples.read(indices, rows);
    for (let at = 0; at < indices.length * width; at++) sums[at % width]! += of(rows[at]!, at % width);
  }
  return sums.map((sum) => sum / divisor);
}
