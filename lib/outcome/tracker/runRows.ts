import { learningCurve } from "../learningCurve";
import { askedName, type OutcomeRecord, type RunOutcome } from "../record";
import type { MetricRow } from "./tracker";

/**
 * What a tracker is shown of a run: at every whole budget the learning curves of its metrics, and how many questions of each
 * kind it has asked by then.
 *
 * @returns rows at the steps 0, 1, …, `budget`
 */
export function runRows(run: RunOutcome, budget: number): MetricRow[] {
  const tested = run.records.every(({ test }) => test !== undefined);
  const curves = {
    pool_accuracy: learningCurve(run, budget, ({ pool }) => pool.accuracy),
    ...(tested && { test_accuracy: learningCurve(run, budget), test_cross_entropy: learningCurve(run, budget, ({ test }) => test!.crossEntropy) }),
  };
  const kinds = [...new Set(run.records.flatMap((record) => askedName(record) ?? []))].sort();
  return Array.from(curves.pool_accuracy, (_, step) => ({
    step,
    values: {
      ...Object.fromEntries(Object.entries(curves).map(([name, curve]) => [name, curve[step]!])),
      ...Object.fromEntries(kinds.map((kind) => [`asked_${kind}`, asked(run.records, kind, step)])),
    },
  }));
}

/** How many questions of a kind were paid for within a budget; costs are decimal sums, hence the tolerance. */
function asked(records: readonly OutcomeRecord[], kind: string, budget: number): number {
  return records.filter((record) => askedName(record) === kind && record.spent <= budget + 1e-6).length;
}
