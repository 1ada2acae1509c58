import { refuse } from "../../runtime/refuse";
import { studentQuantile, studentT } from "./studentT";

/** A mean over replicates, with how much they spread. */
export interface Sample {
  readonly mean: number;
  /** Unbiased. */
  readonly sd: number;
  readonly count: number;
}

/** Whether two means are the same but for a margin. */
export interface EquivalenceTest {
  /** First − second. */
  readonly difference: number;
  /** 90 % confidence interval of the difference: within the margins exactly when p < 0.05. */
  readonly interval: readonly [number, number];
  readonly margin: number;
  /** Small when the difference is within ± margin: the larger p of the two one-sided tests. */
  readonly p: number;
}

/**
 * Two one-sided tests of two independent means (Welch: unequal variances): a small p says that the means differ by less
 * than the margin. A large p does not say that they differ: there may be too few replicates to tell.
 *
 * @param margin the largest difference that does not matter, > 0, in the unit of the means
 * @throws {InputError} when the margin is not above 0, or a mean has fewer than two replicates or no spread
 * @see Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15
 */
export function equivalenceTest(first: Sample, second: Sample, margin: number): EquivalenceTest {
  if (!(margin > 0 && margin < Infinity)) refuse("equivalenceTest", "a margin above 0", margin);
  for (const { count, sd } of [first, second]) if (!(count >= 2 && sd >= 0)) refuse("equivalenceTest", "at least two replicates and their standard deviation", `${count} and ${sd}`);
  const [a, b] = [first, second].map(({ sd, count }) => sd ** 2 / count) as [number, number];
  const error = Math.sqrt(a + b);
  if (error === 0) refuse("equivalenceTest", "means that spread over replicates", 0);
  const freedom = (a + b) ** 2 / (a ** 2 / (first.count - 1) + b ** 2 / (second.count - 1));
  const difference = first.mean - second.mean;
  const reach = studentQuantile(0.95, freedom) * error;
  const notBelow = studentT(-(difference + margin) / error, freedom);
  const notAbove = studentT((difference - margin) / error, freedom);
  return { difference, interval: [difference - reach, difference + reach], margin, p: Math.max(notBelow, notAbove) };
}
