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
 * goes to classes drawn at random among those that have more, one sample each: 4 of two classes are 2 of each.
 *
 * @returns indices into the pool, in random order
 * @throws {InputError} when classes have too few samples, naming the first of them or telling how many have one more
 * @example
 * balancedInitialSet([0, 0, 0, 1, 1, 1], 4, randomSource(1)).length // 4
 */
export function balancedInitialSet(labels: ArrayLike<number>, size: number, random: RandomSource): number[] {
  if (!Number.isInteger(size) || size < 1 || size > labels.length) refuse("balancedInitialSet", `a size from 1 to ${labels.length}`, size);
  const groups = indicesByClass(labels);
  const each = Math.floor(size / groups.length);
  const extra = new Set(drawExtra(groups, each, size % groups.length, random));
  const chosen = groups.flatMap((group, label) => {
    if (group.length < each) refuse("balancedInitialSet", `${each} samples of every class`, group.length, `class ${label}`);
    return drawWithoutReplacement(group, each + (extra.has(label) ? 1 : 0), random);
  });
  return shuffle(chosen, random);
}

/** Draws the classes that give one sample more than each does: those that have one more. */
function drawExtra(groups: readonly Int32Array[], each: number, count: number, random: RandomSource): number[] {
  const able = [...groups.keys()].filter((label) => groups[label]!.length > each);
  if (able.length < count) refuse("balancedInitialSet", `${count} classes of at least ${each + 1} samples`, able.length);
  const drawn = drawWithoutReplacement([...groups.keys()], count, random);
  // drawn again only where one of them has none, so that seeds that worked draw what they always drew; all choices stay equally likely
  return drawn.every((label) => groups[label]!.length > each) ? drawn : drawWithoutReplacement(able, count, random);
}
