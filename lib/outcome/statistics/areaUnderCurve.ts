import { refuse } from "../../runtime/refuse";

/**
 * Mean height of a learning curve over the budget (trapezoids): one number for a whole run, in the unit of the curve.
 *
 * @param curve values at budget 0, 1, …, at least two
 * @example
 * areaUnderCurve([0.5, 0.7, 0.9]) // 0.7
 */
export function areaUnderCurve(curve: ArrayLike<number>): number {
  const last = curve.length - 1;
  if (last < 1) refuse("areaUnderCurve", "a curve of at least two values", curve.length);
  let area = 0;
  for (let b = 1; b <= last; b++) area += (curve[b - 1]! + curve[b]!) / 2;
  return area / last;
}
