import { refuse } from "../runtime/refuse";

/**
 * The indices of every class, in ascending order; a class without samples has an empty list.
 *
 * @throws {InputError} when a sample has no class (−1)
 * @example
 * indicesByClass([1, 0, 1]).map((indices) => indices.length) // [1, 2]
 */
export function indicesByClass(labels: ArrayLike<number>): Int32Array[] {
  const lists: number[][] = [];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= 0)) refuse("indicesByClass", "a class index of at least 0", label, `sample ${i}`);
    (lists[label] ??= []).push(i);
  }
  return Array.from(lists, (list) => Int32Array.from(list ?? []));
}
