import { drawWithoutReplacement } from "../random/shuffle";
import type { RandomSource } from "../random/randomSource";
import type { Points } from "./nearestDistances";

/** At most so many points are compared with each other. */
const most = 1000;

/**
 * A quantile of all pairwise distances between at most 1,000 random points: of the full matrix, its zero diagonal
 * included, with linear interpolation between neighbours in rank.
 *
 * @param quantile from 0 to 1
 */
export function distanceQuantile(points: Points, quantile: number, random: RandomSource): number {
  const chosen = someOf(points, random);
  const n = chosen.length / points.width;
  // In the sorted n × n matrix the diagonal's n zeros stand first, then every pair twice.
  const place = quantile * (n * n - 1);
  const below = Math.floor(place);
  const pairRank = (rank: number) => Math.floor((rank - n) / 2);
  const squared = pairsUpTo(chosen, points.width, Math.max(0, pairRank(below + 1)));
  const distanceAt = (rank: number) => (rank < n ? 0 : Math.sqrt(smallest(squared, pairRank(rank))));
  const low = distanceAt(below);
  return place === below ? low : low + (place - below) * (distanceAt(below + 1) - low);
}

function someOf({ values, width }: Points, random: RandomSource): Float64Array {
  const count = values.length / width;
  if (count <= most) return Float64Array.from(values);
  const all = Int32Array.from({ length: count }, (_, i) => i);
  const chosen = new Float64Array(most * width);
  drawWithoutReplacement(all, most, random).forEach((point, row) => chosen.set(values.subarray(point * width, (point + 1) * width), row * width));
  return chosen;
}

/**
 * Squared distances of pairs, at least those up to `rank` (0 = smallest): the pairs of a few points tell about how far
 * that is, pairs that turn out farther are given up, and when too many were, all are worked out.
 */
function pairsUpTo(points: Float64Array, width: number, rank: number): Float64Array {
  const n = points.length / width;
  const pairs = (n * (n - 1)) / 2;
  const few = Math.min(n, 100);
  const near = squaredDistances(points, width, few, Infinity);
  const share = Math.min(1, (1.3 * (rank + 1)) / pairs + 0.01);
  const guess = near.length === 0 ? Infinity : smallest(near, Math.min(near.length - 1, Math.ceil(share * near.length)));
  const found = squaredDistances(points, width, n, guess);
  return found.length > rank ? found : squaredDistances(points, width, n, Infinity);
}

/** Squared distances between the first `n` points, those that are not above `limit`. */
function squaredDistances(points: Float64Array, width: number, n: number, limit: number): Float64Array {
  const squared = new Float64Array((n * (n - 1)) / 2);
  let found = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let l = 0; l < width && sum <= limit; l++) {
        const difference = points[i * width + l]! - points[j * width + l]!;
        sum += difference * difference;
      }
      if (sum <= limit) squared[found++] = sum;
    }
  return squared.subarray(0, found);
}

/** The value at `rank` (0 = smallest) of the values, which are partly sorted in place (Hoare's quickselect). */
export function smallest(values: Float64Array, rank: number): number {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1]!;
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (rank <= j) to = j;
    else if (rank >= i) from = i;
    else break;
  }
  return values[rank]!;
}
