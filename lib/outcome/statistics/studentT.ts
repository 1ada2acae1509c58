import type * as jstat from "jstat";

/** P(T ≤ t) of Student's distribution. */
export function studentT(t: number, degreesOfFreedom: number): number {
  if (t === Infinity || t === -Infinity) return t > 0 ? 1 : 0;
  return library().studentt.cdf(t, degreesOfFreedom);
}

/** The t that Student's distribution stays below with probability p. */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  return library().studentt.inv(p, degreesOfFreedom);
}

/** Loaded when a test is first made. */
function library(): typeof jstat.jStat {
  return (require("jstat") as typeof jstat).jStat;
}
