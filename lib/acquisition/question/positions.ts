/** Where samples stand in a list. */
export interface Positions {
  /** The position of a sample, the last one if it is there twice; −1 when it is not there. */
  of(sample: number): number;
}

let marks = new Int32Array(0);
let used = 0;

/**
 * Looks up positions in a list, without an array of its own for every list: each list's marks are larger than those
 * of the lists before it. It holds until the next list comes.
 *
 * @param samples how many there are to list
 */
export function positions(list: ArrayLike<number>, samples: number): Positions {
  if (marks.length < samples || used + list.length > 2 ** 31 - 1) {
    marks = new Int32Array(Math.max(samples, marks.length));
    used = 0;
  }
  const first = used + 1;
  for (let i = 0; i < list.length; i++) marks[list[i]!] = first + i;
  used += list.length;
  return { of: (sample) => Math.max(-1, marks[sample]! - first) };
}
