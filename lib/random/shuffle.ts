import { refuse } from "../runtime/refuse";
import type { RandomSource } from "./randomSource";

/** The numbers 0 … `count` − 1 in random order, every order equally likely. */
export function permutation(count: number, random: RandomSource): Int32Array {
  return shuffle(Int32Array.from({ length: count }, (_, i) => i), random);
}

/** Shuffles in place (Fisher–Yates) and returns the same array. */
export function shuffle<T extends Int32Array | unknown[]>(items: T, random: RandomSource): T {
  for (let last = items.length - 1; last > 0; last--) {
    const chosen = random.integer(last + 1);
    const kept = items[last]!;
    items[last] = items[chosen]!;
    items[chosen] = kept;
  }
  return items;
}

/**
 * Draws `count` of the items without replacement, in random order.
 *
 * @throws {InputError} when there are fewer items than `count`
 */
export function drawWithoutReplacement(items: ArrayLike<number>, count: number, random: RandomSource): number[] {
  if (!Number.isInteger(count) || count < 0 || count > items.length)
    refuse("drawWithoutReplacement", `a count from 0 to ${items.length}`, count);
  const moved = new Map<number, number>(); // a Fisher–Yates shuffle that touches only `count` places
  const at = (place: number) => moved.get(place) ?? place;
  return Array.from({ length: count }, (_, i) => {
    const chosen = i + random.integer(items.length - i);
    const drawn = at(chosen);
    moved.set(chosen, at(i));
    return items[drawn]!;
  });
}
