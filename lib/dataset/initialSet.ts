import { drawWithoutReplacement, shuffle } from "../random/shuffle";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { indicesByClass } from "./indicesByClass";

/**
 * Draws the samples a run starts with, every sample equally likely.
 *
 * @returns indices into the pool, in random order
 * @throws {InputError} when the pool has fewer than `size` samples
 */
export function randomInitialSet(labels: ArrayLike<number>, size: number, random: RandomSource): number[] {
  if (!Number.isInteger(size) || size < 1 || size > labels.length) refuse("randomInitialSet", `a size from 1 to ${labels.length}`, size);
  return drawWithoutReplacement(Int32Array.from({ length: labels.length }, (_, i) => i), size, random);
}

/**
 * Draws the samples a run starts with, equally many of every class; what is left over by the division
 * goes to classes drawn at random, one sample each: 4 of two classes are 2 of each.
 *
 * @returns indices into the pool, in random order
 * @throws {InputError} naming the class that has too few samples
 * @example
 * balancedInitialSet([0, 0, 0, 1, 1, 1], 4, randomSource(1)).length // 4
 */
export function balancedInitialSet(labels: ArrayLike<number>, size: number, random: RandomSource): number[] {
  if (!Number.isInteger(size) || size < 1 || size > labels.length) refuse("balancedInitialSet", `a size from 1 to ${labels.length}`, size);
  const groups = indicesByClass(labels);
  const extra = new Set(drawWithoutReplacement([...groups.keys()], size % groups.length, random));
  const chosen = groups.flatMap((group, label) => {
    const wanted = Math.floor(size / groups.length) + (extra.has(label) ? 1 : 0);
    if (group.length < wanted) refuse("balancedInitialSet", `${wanted} samples of every class`, group.length, `class ${label}`);
    return drawWithoutReplacement(group, wanted, random);
  });
  return shuffle(chosen, random);
}
