/** Share of a number that may be rounding. */
const rounding = 1e-13;

/**
 * By how much an entropy or an expected error shrinks when something becomes known: never below 0, and 0 where rounding may have
 * made all of it, so that samples which tell nothing are equals, and chance decides between them.
 */
export function decrease(before: number, after: number): number {
  const gain = before - after;
  return gain > rounding * before ? gain : 0;
}
