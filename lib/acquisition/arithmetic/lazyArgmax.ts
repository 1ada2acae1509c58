import type { RandomSource } from "../../random/randomSource";
import { tieBreaker } from "./tieBreaker";

/** Values that are dear to compute, known so far by bounds from above. */
export interface LazyValues {
  /** What no value exceeds, by item: exact, or from before, when less was known. The search lowers them. */
  readonly bounds: Float64Array;
  /** Is the bound of this item its value? */
  isExact(item: number): boolean;
  /** A lower bound from above for an inexact item, or its value. It may stop early once the result is below `enough`. */
  tighten(item: number, enough: number): number;
}

/**
 * Finds the largest of many values without computing most of them: a heap holds every item by its bound, and only the
 * item on top is looked at more closely, until one stays on top with its true value. The outcome is the same as
 * if all were computed. Greedy searches whose gains only shrink keep their bounds from pick to pick.
 *
 * Among equal values the seed decides.
 *
 * @returns a function that takes the item of the largest value out and returns it
 */
export function lazyArgmax(values: LazyValues, random: RandomSource): () => number {
  const { bounds } = values;
  const heap = Int32Array.from(bounds.keys());
  let size = heap.length;
  const rank = tieBreaker(random);
  const before = (a: number, b: number) => bounds[a]! > bounds[b]! || (bounds[a] === bounds[b] && rank(a) < rank(b));
  const sink = (place: number) => {
    const item = heap[place]!;
    for (let child = 2 * place + 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, item)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = item;
  };
  for (let place = (size >> 1) - 1; place >= 0; place--) sink(place);
  return () => {
    while (!values.isExact(heap[0]!)) {
      const runnerUp = Math.max(size > 1 ? bounds[heap[1]!]! : -Infinity, size > 2 ? bounds[heap[2]!]! : -Infinity);
      bounds[heap[0]!] = values.tighten(heap[0]!, runnerUp);
      sink(0);
    }
    const best = heap[0]!;
    heap[0] = heap[--size]!;
    sink(0);
    return best;
  };
}
