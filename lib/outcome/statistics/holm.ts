import { refuse } from "../../runtime/refuse";

/**
 * Holm's correction of the p values of several tests: the i-th smallest of m is multiplied by m − i + 1,
 * none falls below one before it, none exceeds 1.
 *
 * @returns corrected p values in the order given
 * @example
 * holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 * @see Holm (1979), A simple sequentially rejective multiple test procedure
 */
export function holm(p: readonly number[]): number[] {
  const wrong = p.findIndex((value) => !(value >= 0 && value <= 1));
  if (wrong >= 0) refuse("holm", "p values from 0 to 1", p[wrong], `position ${wrong}`);
  const order = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!);
  const corrected = new Array<number>(p.length);
  let largest = 0;
  order.forEach((at, rank) => {
    largest = Math.max(largest, Math.min(1, p[at]! * (p.length - rank)));
    corrected[at] = largest;
  });
  return corrected;
}
