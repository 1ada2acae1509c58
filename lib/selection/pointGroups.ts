import { largestInRow } from "../probability/largestInRow";

/** Points of a space, row-major [point, width]. */
export interface Points {
  readonly values: Float32Array;
  readonly width: number;
}

/** Points sorted by their largest coordinate: when they are logits, by the class the model takes them for. */
export interface PointGroups {
  /** Row-major; in double precision, in which they are compared. */
  readonly values: Float64Array;
  readonly width: number;
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
  const sorted = new Float64Array(chosen.length * width);
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
export function groupIsFarther(values: Float64Array, at: number, g: number, h: number, squared: number): boolean {
  const lead = values[at + g]! - values[at + h]!;
  return lead * lead > 2 * slack * squared;
}

/**
 * Squared distances from a point x, at `at` and of group g, to points of group h, those not above `limit`, written behind each other.
 * Coordinates g and h are looked at first: there points of different groups differ most.
 *
 * @param from the first of the group's points to be met
 * @param found where in `out` to begin
 * @returns where they end
 */
export function distancesWithin(
  x: Float64Array,
  at: number,
  g: number,
  { values: y, width, starts }: PointGroups,
  h: number,
  from: number,
  limit: number,
  out: Float64Array,
  found: number,
): number {
  const [inG, inH] = [x[at + g]!, x[at + h]!];
  const end = starts[h + 1]! * width;
  for (let to = from * width; to < end; to += width) {
    const a = inG - y[to + g]!;
    const b = g === h ? 0 : inH - y[to + h]!;
    if (a * a + b * b > slack * limit) continue;
    const squared = squaredUpTo(x, at, y, to, width, limit);
    if (squared <= limit) out[found++] = squared;
  }
  return found;
}

/** The squared distance from such a point to the nearest of the points of group h, where it is below `nearest`. */
export function nearestWithin(x: Float64Array, at: number, g: number, { values: y, width, starts }: PointGroups, h: number, nearest: number): number {
  const [inG, inH] = [x[at + g]!, x[at + h]!];
  const end = starts[h + 1]! * width;
  for (let to = starts[h]! * width; to < end; to += width) {
    const a = inG - y[to + g]!;
    const b = g === h ? 0 : inH - y[to + h]!;
    if (a * a + b * b > slack * nearest) continue;
    const squared = squaredUpTo(x, at, y, to, width, nearest);
    if (squared < nearest) nearest = squared;
  }
  return nearest;
}

/** The squared distance of two points, or something above `limit` when it is above that. */
export function squaredUpTo(x: Float64Array, at: number, y: Float64Array, to: number, width: number, limit: number): number {
  let sum = 0;
  for (let l = 0; l < width && sum <= limit; l++) {
    const difference = x[at + l]! - y[to + l]!;
    sum += difference * difference;
  }
  return sum;
}
