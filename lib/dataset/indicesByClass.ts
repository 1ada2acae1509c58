import { refuse } from "../runtime/refuse";

/** More classes than this are a mistake, such as a column of ids taken for the label, and would need a list each. */
export const mostClasses = 2 ** 20;

/**
 * The indices of every class, in ascending order; a class without samples has an empty list.
 *
 * @throws {InputError} when a sample has no class (−1), or one of 2²⁰ or above
 * @example
 * indicesByClass([1, 0, 1]).map((indices) => indices.length) // [1, 2]
 */
export function indicesByClass(labels: ArrayLike<number>): Int32Array[] {
  const lists: number[][] = [];
  const none = new Int32Array();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= 0)) refuse("indicesByClass", "a class index of at least 0", label, `sample ${i}`);
    if (label >= mostClasses) refuse("indicesByClass", `a class index below ${mostClasses}`, label, `sample ${i}`);
    (lists[label] ??= []).push(i);
  }
  return Array.from(lists, (list: number[] | undefined) => (list === undefined ? none : Int32Array.from(list)));
}
