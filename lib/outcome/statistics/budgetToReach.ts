import type { ReplicateCurves } from "../curves";
import { meanAndSd } from "../meanAndSd";

/**
 * The first whole budget at which a curve is at least `target`; undefined when it never is.
 *
 * @example
 * budgetToReach([0.5, 0.7, 0.9], 0.7) // 1
 */
export function budgetToReach(curve: ArrayLike<number>, target: number): number | undefined {
  for (let b = 0; b < curve.length; b++) if (curve[b]! >= target) return b;
  return undefined;
}

/** What a method costs and saves on the way to an accuracy. */
export interface CostAnalysis {
  readonly target: number;
  readonly method: string;
  readonly exploration: boolean;
  /** Budget at which the mean curve first reaches the target; undefined when it never does. */
  readonly budget: number | undefined;
  /** Share of replicates whose own curve reaches the target. */
  readonly reached: number;
  /** Budget of random sampling minus this one: what active learning saves. Undefined when either never reaches the target. */
  readonly saved: number | undefined;
  /** The same as a share of random sampling's budget; undefined also where random sampling needs nothing. */
  readonly savedShare: number | undefined;
}

/**
 * What every run needs to reach given accuracies, and what that saves against random sampling without exploration.
 * A target that is not reached stays undefined: it is no budget of 0, as `argmax` over a list of false would have it.
 *
 * @param baseline the run to compare with; default RA without exploration
 */
export function costAnalysis(curves: readonly ReplicateCurves[], targets: readonly number[], baseline = { method: "RA", exploration: false }): CostAnalysis[] {
  const random = curves.find((run) => run.method === baseline.method && run.exploration === baseline.exploration);
  return targets.flatMap((target) => {
    const spent = random === undefined ? undefined : budgetToReach(meanCurve(random.values), target);
    return curves.map(({ method, exploration, values }) => {
      const budget = budgetToReach(meanCurve(values), target);
      const reached = values.filter((curve) => budgetToReach(curve, target) !== undefined).length / values.length;
      const saved = budget === undefined || spent === undefined ? undefined : spent - budget;
      return { target, method, exploration, budget, reached, saved, savedShare: saved === undefined || !spent ? undefined : saved / spent };
    });
  });
}

/** Mean over replicates at every budget. */
export function meanCurve(values: readonly ArrayLike<number>[]): number[] {
  return Array.from({ length: values[0]?.length ?? 0 }, (_, b) => meanAndSd(values.map((curve) => curve[b]!)).mean);
}
