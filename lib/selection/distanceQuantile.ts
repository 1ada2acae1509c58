import { drawWithoutReplacement } from "../random/shuffle";
import type { RandomSource } from "../random/randomSource";
import { groupIsFarther, pointGroups, distancesWithin, type Points } from "./pointGroups";

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
  const n = chosen.length;
  // In the sorted n × n matrix the diagonal's n zeros stand first, then every pair twice.
  const place = quantile * (n * n - 1);
  const below = Math.floor(place);
  const pairRank = (rank: number) => Math.floor((rank - n) / 2);
  const squared = pairsUpTo(points, chosen, Math.max(0, pairRank(below + 1)));
  const distanceAt = (rank: number) => (rank < n ? 0 : Math.sqrt(smallest(squared, pairRank(rank))));
  const low = distanceAt(below);
  return place === below ? low : low + (place - below) * (distanceAt(below + 1) - low);
}

function someOf({ values, width }: Points, random: RandomSource): ArrayLike<number> {
  const all = Int32Array.from({ length: values.length / width }, (_, i) => i);
  return all.length <= most ? all : drawWithoutReplacement(all, most, random);
}

/**
 * Squared distances of pairs, at least those up to `rank` (0 = smallest): the pairs of a few points tell about how far
 * that is, pairs that turn out farther are given up, and when too many were, all are worked out.
 */
function pairsUpTo(points: Points, chosen: ArrayLike<number>, rank: number): Float64Array {
  const pairs = (chosen.length * (chosen.length - 1)) / 2;
  const near = squaredDistances(points, Array.from(chosen).slice(0, 100), Infinity);
  const share = Math.min(1, (1.3 * (rank + 1)) / pairs + 0.01);
  const guess = near.length === 0 ? Infinity : smallest(near, Math.min(near.length - 1, Math.ceil(share * near.length)));
  const found = squaredDistances(points, chosen, guess);
  return found.length > rank ? found : squaredDistances(points, chosen, Infinity);
}

/** Room for all pairs: 4 MB that are used again and again. */
let room = new Float64Array(0);

/** Squared distances between the chosen points, those that are not above `limit`, in any order; they are overwritten by the next. */
function squaredDistances(points: Points, chosen: ArrayLike<number>, limit: number): Float64Array {
  const groups = pointGroups(points, chosen);
  const { values, width, starts } = groups;
  const pairs = (chosen.length * (chosen.length - 1)) / 2;
  if (room.length < pairs) room = new Float64Array(pairs);
  const squared = room;
  let found = 0;
  for (let g = 0; g < width; g++)
    for (let i = starts[g]!; i < starts[g + 1]!; i++)
      for (let h = g; h < width; h++) {
        if (h > g && groupIsFarther(values, i * width, g, h, limit)) continue;
        found = distancesWithin(values, i * width, g, groups, h, h === g ? i + 1 : starts[h]!, limit, squared, found);
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
