import { refuse } from "../../runtime/refuse";
import { meanAndSd } from "../meanAndSd";
import { studentQuantile, studentT } from "./studentT";

/** Whether two runs differ, replicate by replicate. */
export interface PairedTest {
  /** Mean of first − second. */
  readonly difference: number;
  /** 95 % confidence interval of the difference. */
  readonly interval: readonly [number, number];
  readonly t: number;
  readonly degreesOfFreedom: number;
  /** Two-sided. */
  readonly p: number;
  /** Cohen's d for pairs: mean difference / standard deviation of the differences. */
  readonly effect: number;
}

/**
 * Student's paired t-test: the replicates of two runs share split, initial set and initial model, so their differences
 * are tested, t = d̄ / (s/√n) with n − 1 degrees of freedom.
 *
 * @param first one value per replicate, at least two
 * @param second the same replicates, in the same order
 * @throws {InputError} when the numbers of values differ or there are fewer than two
 */
export function pairedTest(first: readonly number[], second: readonly number[]): PairedTest {
  if (first.length !== second.length) refuse("pairedTest", `${first.length} values to pair`, second.length);
  if (first.length < 2) refuse("pairedTest", "at least two replicates", first.length);
  const { mean, sd = 0 } = meanAndSd(first.map((value, i) => value - second[i]!));
  const degreesOfFreedom = first.length - 1;
  const error = sd / Math.sqrt(first.length);
  const t = mean === 0 ? 0 : mean / error;
  const reach = studentQuantile(0.975, degreesOfFreedom) * error;
  return {
    difference: mean,
    interval: [mean - reach, mean + reach],
    t,
    degreesOfFreedom,
    p: Math.min(1, 2 * studentT(-Math.abs(t), degreesOfFreedom)), // jStat is exact to 8 digits only
    effect: mean === 0 ? 0 : mean / sd,
  };
}
