let marks = new Int32Array(0);
let lists = 0;

/**
 * Tells who is in a list, without an array of its own for every list: each list leaves its own number with its members.
 * It holds until the next list comes.
 *
 * @param samples how many there are to list
 */
export function membership(list: ArrayLike<number>, samples: number): (sample: number) => boolean {
  if (marks.length < samples || lists === 2 ** 31 - 1) {
    marks = new Int32Array(Math.max(samples, marks.length));
    lists = 0;
  }
  lists++;
  for (let i = 0; i < list.length; i++) marks[list[i]!] = lists;
  return (sample) => marks[sample] === lists;
}
