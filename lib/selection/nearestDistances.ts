import { largestInRow } from "../probability/largestInRow";
import { groupIsFarther, pointGroups, nearestWithin, squaredUpTo, type PointGroups, type Points } from "./pointGroups";

/** Distances from every point to the nearest centre, worked out only as far as somebody asks. */
export interface NearestDistances {
  /** Makes some of the points centres. */
  add(centres: readonly number[]): void;
  /** The points farther than `radius` from every centre, ascending. */
  beyond(radius: number): Int32Array;
}

/**
 * Keeps, for every point, the nearest of the centres it has met so far. A point that has met one within the radius asked
 * for meets no more until a smaller radius is asked for. It meets the centres group by group, its own group first, where the
 * nearest likely are, and passes over groups that are too far away as a whole.
 */
export function nearestDistances(points: Points): NearestDistances {
  const { width } = points;
  const values = Float64Array.from(points.values);
  const count = values.length / width;
  const group = Int32Array.from({ length: count }, (_, i) => largestInRow(points.values, width, i));
  const squared = new Float64Array(count).fill(Infinity); // to the nearest centre met
  const met = new Int32Array(count); // groups of centres met, beginning with the point's own
  let first: PointGroups | undefined; // the centres that came first; later ones are met by all points at once
  return {
    add(centres) {
      if (first === undefined) first = pointGroups(points, centres);
      else for (const centre of centres) for (let i = 0; i < count; i++) squared[i] = Math.min(squared[i]!, squaredUpTo(values, i * width, values, centre * width, width, squared[i]!));
    },
    beyond(radius) {
      const limit = radius * radius;
      const far = new Int32Array(count);
      let found = 0;
      for (let i = 0; i < count; i++) if (staysBeyond(i, limit)) far[found++] = i;
      return far.subarray(0, found);
    },
  };

  function staysBeyond(i: number, limit: number): boolean {
    const own = group[i]!;
    let nearest = squared[i]!;
    for (; nearest > limit && met[i]! < width; met[i]!++) {
      const h = (own + met[i]!) % width;
      if (h !== own && groupIsFarther(values, i * width, own, h, nearest)) continue;
      nearest = nearestWithin(values, i * width, own, first!, h, nearest);
    }
    squared[i] = nearest;
    return nearest > limit;
  }
}
