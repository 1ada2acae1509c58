/**
 * The indices of every class, in ascending order; a class without samples has an empty list.
 *
 * @example
 * indicesByClass([1, 0, 1]) // [[1], [0, 2]]
 */
export function indicesByClass(labels: ArrayLike<number>): Int32Array[] {
  const lists: number[][] = [];
  for (let i = 0; i < labels.length; i++) (lists[labels[i]!] ??= []).push(i);
  return Array.from(lists, (list) => Int32Array.from(list ?? []));
}
