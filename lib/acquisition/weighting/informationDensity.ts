import { refuse } from "../../runtime/refuse";
import { distinct } from "../../runtime/requireIndices";
import { squaredDistance, unitLength } from "../diversity/distance";
import { asFeatures, type FeatureInput, type Features } from "../diversity/features";
import { requireOneOf } from "../../runtime/requireOneOf";

/** How likeness is measured, and to whom. */
export interface DensityOptions {
  /** `"cosine"` of the angle, in one pass; `"euclidean"`: 1 / (1 + distance), every sample with every reference. Default `"cosine"`. */
  readonly similarity?: "cosine" | "euclidean";
  /** Samples to compare with: a random part keeps `"euclidean"` quick on a large pool. Default: every sample, itself included. */
  readonly reference?: ArrayLike<number>;
}

/**
 * Information density: how much of the pool a sample is like. Outliers, however uncertain, have little.
 *
 * d[i] = mean over the reference samples j of similarity(x[i], x[j])
 *
 * @param features vectors [sample, width]
 * @returns densities [sample], from −1 (cosine) or 0 (euclidean) to 1
 * @example
 * informationDensity([[1, 0], [2, 0], [0, 1]]) // [0.6666666666666666, 0.6666666666666666, 0.3333333333333333]
 * @throws {InputError} when a number is not finite, or a vector has length 0 and so no angle
 * @see Settles, Craven (2008), An analysis of active learning strategies for sequence labeling tasks, section 3.4
 */
export function informationDensity(features: FeatureInput, options: DensityOptions = {}): Float64Array {
  const rows = asFeatures(features, "informationDensity");
  const reference = distinct(options.reference ?? Array.from({ length: rows.samples }, (_, i) => i), rows.samples, "informationDensity");
  if (reference.length === 0) refuse("informationDensity", "at least one reference sample", 0);
  const similarity = requireOneOf("informationDensity", "a similarity", options.similarity ?? "cosine", ["cosine", "euclidean"]);
  return similarity === "euclidean" ? meanCloseness(rows, reference) : meanCosine(rows, reference);
}

/** The mean of the cosines is the scalar product with the mean direction. */
function meanCosine(rows: Features, reference: Int32Array): Float64Array {
  const { width, samples } = rows;
  const directions = unitLength(rows, "informationDensity");
  const mean = new Float64Array(width);
  for (const sample of reference) for (let j = 0; j < width; j++) mean[j]! += directions[sample * width + j]! / reference.length;
  return Float64Array.from({ length: samples }, (_, i) => mean.reduce((sum, m, j) => sum + m * directions[i * width + j]!, 0));
}

function meanCloseness({ values, width, samples }: Features, reference: Int32Array): Float64Array {
  return Float64Array.from({ length: samples }, (_, i) => {
    let sum = 0;
    for (const j of reference) sum += 1 / (1 + Math.sqrt(squaredDistance(values, i, values, j, width)));
    return sum / reference.length;
  });
}
