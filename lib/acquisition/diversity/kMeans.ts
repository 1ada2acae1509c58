import { requireOptions } from "../../runtime/requireOptions";
import type { RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import { squaredDistance } from "./distance";
import { asFeatures, type FeatureInput, type Features } from "./features";
import { givenCentres, seededCentres } from "./kMeansCentres";

/** How k-means starts and when it ends. */
export interface KMeansOptions {
  /** Clusters, from 1 to the number of samples. */
  readonly clusters: number;
  /** How much each sample counts, from 0 to 1e100, not all 0. Default 1 each. */
  readonly weights?: ArrayLike<number>;
  /** First centres [cluster][feature]. Default: seeded by k-means++. */
  readonly initial?: readonly (readonly number[])[];
  /** At most this many rounds, ≥ 1; it ends sooner when no sample changes its cluster. Default 100. */
  readonly iterations?: number;
}

/** Samples in clusters. */
export interface Clustering {
  /** Row-major [cluster, width]. */
  readonly centres: Float64Array;
  /** The cluster of every sample. */
  readonly assignment: Int32Array;
  /** Σ weight · squared distance to the own centre: what k-means makes small. */
  readonly inertia: number;
}

/**
 * Clusters samples around `clusters` centres (Lloyd's algorithm from a k-means++ seeding).
 *
 * A cluster that lost all its weight starts again at the sample farthest from its centre. Samples of weight 0 move no centre.
 *
 * @example
 * kMeans([[0], [1], [9], [10]], { clusters: 2, initial: [[0], [10]] }, randomSource(7)).centres // [0.5, 9.5]
 * @throws {InputError} when a number is not finite, or there are more clusters than samples
 * @see Lloyd (1982), Least squares quantization in PCM
 */
export function kMeans(features: FeatureInput, options: KMeansOptions, random: RandomSource): Clustering {
  requireOptions(options, "kMeans");
  const rows = asFeatures(features, "kMeans");
  const { clusters, iterations = 100 } = options;
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > rows.samples) refuse("kMeans", `1 to ${rows.samples} clusters`, clusters);
  if (!Number.isInteger(iterations) || iterations < 1) refuse("kMeans", "at least one iteration", iterations);
  const weights = checkedWeights(options.weights, rows.samples, "kMeans");
  const centres =
    options.initial !== undefined
      ? givenCentres(options.initial, clusters, rows.width)
      : seededCentres(rows, clusters, options.weights === undefined ? undefined : weights, random);
  const assignment = new Int32Array(rows.samples).fill(-1);
  const distances = new Float64Array(rows.samples);
  for (let round = 0; round < iterations && assign(rows, centres, assignment, distances) > 0; round++)
    moveCentres(rows, weights, centres, assignment, distances);
  assign(rows, centres, assignment, distances);
  return { centres, assignment, inertia: distances.reduce((sum, distance, i) => sum + weights[i]! * distance, 0) };
}

/** Gives every sample to its nearest centre and counts the changes. */
function assign({ values, width, samples }: Features, centres: Float64Array, assignment: Int32Array, distances: Float64Array): number {
  let changes = 0;
  for (let sample = 0; sample < samples; sample++) {
    let nearest = 0;
    let smallest = Infinity;
    for (let cluster = 0; cluster * width < centres.length; cluster++) {
      const distance = squaredDistance(values, sample, centres, cluster, width);
      if (distance < smallest) [nearest, smallest] = [cluster, distance];
    }
    if (assignment[sample] !== nearest) changes++;
    assignment[sample] = nearest;
    distances[sample] = smallest;
  }
  return changes;
}

/** Every centre becomes the weighted mean of its samples. */
function moveCentres({ values, width }: Features, weights: Float64Array, centres: Float64Array, assignment: Int32Array, distances: Float64Array): void {
  const mass = new Float64Array(centres.length / width);
  const sums = new Float64Array(centres.length);
  assignment.forEach((cluster, sample) => {
    mass[cluster]! += weights[sample]!;
    for (let j = 0; j < width; j++) sums[cluster * width + j]! += weights[sample]! * values[sample * width + j]!;
  });
  const farthest = distances.map((distance, sample) => (weights[sample]! > 0 ? distance : -1));
  mass.forEach((weight, cluster) => {
    if (weight > 0) for (let j = 0; j < width; j++) centres[cluster * width + j] = sums[cluster * width + j]! / weight;
    else {
      const sample = farthest.indexOf(farthest.reduce((most, distance) => Math.max(most, distance), 0));
      farthest[sample] = 0;
      centres.set(values.subarray(sample * width, (sample + 1) * width), cluster * width);
    }
  });
}

/** How much each sample counts, checked in the caller's name. */
export function checkedWeights(weights: ArrayLike<number> | undefined, samples: number, caller: string): Float64Array {
  if (weights === undefined) return new Float64Array(samples).fill(1);
  if (weights.length !== samples) refuse(caller, `a weight for each of ${samples} samples`, weights.length);
  const checked = Float64Array.from(weights);
  checked.forEach((weight, sample) => {
    if (!(weight >= 0 && weight <= 1e100)) refuse(caller, "weights from 0 to 1e100", weight, `sample ${sample}`);
  });
  if (!checked.some((weight) => weight > 0)) refuse(caller, "a weight above 0", 0);
  return checked;
}
