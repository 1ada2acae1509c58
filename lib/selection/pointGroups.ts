import { largestInRow } from "../probability/largestInRow";

/** Points of a space, row-major [point, width]. */
export interface Points {
  readonly values: Float32Array;
  readonly width: number;
}

/** Points sorted by their largest coordinate: when they are logits, by the class the model takes them for. */
export interface PointGroups extends Points {
  /** Group h, of those whose largest coordinate is h, holds the points `starts[h]` … `starts[h + 1]` − 1. */
  readonly starts: Int32Array;
}

/** Sorts some of the points into groups by their largest coordinate. */
export function pointGroups({ values, width }: Points, chosen: ArrayLike<number>): PointGroups {
  const starts = new Int32Array(width + 1);
  const groups = Int32Array.from(chosen, (point) => largestInRow(values, width, point));
  for (const group of groups) starts[group + 1]!++;
  for (let h = 0; h < width; h++) starts[h + 1]! += starts[h]!;
  const next = starts.slice();
  const sorted = new Float32Array(chosen.length * width);
  for (let i = 0; i < chosen.length; i++) {
    const start = chosen[i]! * width;
    sorted.set(values.subarray(start, start + width), next[groups[i]!]!++ * width);
  }
  return { values: sorted, width, starts };
}

/** Keeps what is compared with a bound on the safe side of rounding. */
const slack = 1 + 1e-9;

/**
 * True when a point x of group g is farther than a squared distance from all points y of group h, whatever they are:
 * y[h] ≥ y[g], so (x[g] − y[g])² + (x[h] − y[h])² ≥ (x[g] − x[h])² / 2.
 */
export function groupIsFarther(values: Float32Array, at: number, g: number, h: number, squared: number): boolean {
  const lead = values[at + g]! - values[at + h]!;
  return lead * lead > 2 * slack * squared;
}

/**
 * The squared distance of two points, x at `at` of group g and y at `to` of group h, or something above `limit` when it is above that.
 * Coordinates g and h are looked at first: there points of different groups differ most.
 */
export function squaredDistanceUpTo(x: Float32Array, at: number, g: number, y: Float32Array, to: number, h: number, width: number, limit: number): number {
  const inG = x[at + g]! - y[to + g]!;
  const inH = g === h ? 0 : x[at + h]! - y[to + h]!;
  if (inG * inG + inH * inH > slack * limit) return Infinity;
  let sum = 0;
  for (let l = 0; l < width && sum <= limit; l++) {
    const difference = x[at + l]! - y[to + l]!;
    sum += difference * difference;
  }
  return sum;
}
