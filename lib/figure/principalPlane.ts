import { asFeatures, type FeatureInput, type Features } from "../acquisition/diversity/features";
import { randomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";

/** Samples laid flat. */
export interface PrincipalPlane {
  /** Coordinates, row-major [sample, 2]. */
  readonly values: Float64Array;
  readonly width: 2;
  /** Shares of the variance that the two directions keep, the larger first. */
  readonly kept: readonly [number, number];
}

/**
 * Lays samples flat for a map: their coordinates along the two directions in which they vary most (principal component
 * analysis, by orthogonal iteration). A map, not the land: what is near on it may be far apart in the directions left out.
 *
 * @param features vectors [sample, width], at least two of at least two features
 * @example
 * principalPlane([[0, 0, 0], [4, 0, 0], [0, 2, 0], [4, 2, 0]]).kept // [0.8, 0.2]
 * @throws {InputError} when a number is not finite, or there are too few samples or features
 * @see Pearson (1901), On lines and planes of closest fit to systems of points in space
 */
export function principalPlane(features: FeatureInput): PrincipalPlane {
  const rows = centred(asFeatures(features, "principalPlane"));
  if (rows.samples < 2) refuse("principalPlane", "at least two samples", rows.samples);
  if (rows.width < 2) refuse("principalPlane", "at least two features", rows.width);
  const start = randomSource("principal plane"); // where the search begins does not matter, but it must not be orthogonal to its end
  let plane = orthonormal([0, 1].map(() => Float64Array.from({ length: rows.width }, () => start.normal())));
  let kept = [0, 0];
  for (let round = 0; round < 500; round++) {
    const before = kept;
    const along = plane.map((direction) => coordinates(rows, direction));
    kept = along.map(lengthSquared);
    if (kept.every((variance, i) => Math.abs(variance - before[i]!) <= 1e-12 * variance)) break;
    plane = orthonormal(along.map((along) => weightedSum(rows, along)));
  }
  const order = kept[0]! >= kept[1]! ? [0, 1] : [1, 0];
  const [first, second] = order.map((i) => coordinates(rows, pointingUp(plane[i]!))) as [Float64Array, Float64Array];
  const whole = lengthSquared(rows.values);
  const share = (variance: number) => (whole === 0 ? 0 : variance / whole);
  return { values: Float64Array.from({ length: 2 * rows.samples }, (_, at) => (at % 2 === 0 ? first : second)[at >> 1]!), width: 2, kept: [share(kept[order[0]!]!), share(kept[order[1]!]!)] };
}

function centred({ values, width, samples }: Features): Features {
  const mean = new Float64Array(width);
  values.forEach((value: number, at: number) => (mean[at % width]! += value / samples));
  return { values: Float64Array.from(values, (value, at) => value - mean[at % width]!), width, samples };
}

/** The coordinate of every row along a direction. */
function coordinates({ values, width, samples }: Features, direction: Float64Array): Float64Array {
  return Float64Array.from({ length: samples }, (_, i) => direction.reduce((sum, d, j) => sum + d * values[i * width + j]!, 0));
}

function weightedSum({ values, width }: Features, weights: Float64Array): Float64Array {
  const sum = new Float64Array(width);
  weights.forEach((weight, i) => {
    for (let j = 0; j < width; j++) sum[j]! += weight * values[i * width + j]!;
  });
  return sum;
}

/** Two directions of length 1 at a right angle, the first kept; a direction of length 0 stays. */
function orthonormal([a, b]: Float64Array[]): Float64Array[] {
  const first = unit(a!);
  const along = first.reduce((sum, value, j) => sum + value * b![j]!, 0);
  return [first, unit(b!.map((value, j) => value - along * first[j]!))];
}

function unit(direction: Float64Array): Float64Array {
  const length = Math.sqrt(lengthSquared(direction));
  return length === 0 ? direction : direction.map((value) => value / length);
}

function lengthSquared(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}

/** Of a direction and its opposite the one whose largest coordinate is positive, so that equal samples give equal maps. */
function pointingUp(direction: Float64Array): Float64Array {
  const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? direction.map((value) => -value) : direction;
}
