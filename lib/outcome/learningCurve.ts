import { refuse } from "../runtime/refuse";
import { hasEnded } from "./hasEnded";
import type { OutcomeRecord, RunOutcome } from "./record";

/**
 * Costs are decimals added up in binary: a sum may miss a whole number by this much. Less than single precision's
 * steps, so that the paper's own results, kept in single precision, fall where its code puts them.
 */
const rounding = 1e-9;

/**
 * A run's value at every whole budget b: the mean over the records with spent in (b − 1, b];
 * at 0 the value before the first question. A budget without a record keeps the value before it.
 * A run that has not ended has values only up to the last whole budget it has spent.
 *
 * @param budget of the run
 * @param value what is averaged; default the test accuracy
 * @returns values at 0, 1, …, `budget` (rounded up), or fewer of a run that goes on or was cut short
 * @throws {InputError} when the run has no test set, does not begin at step 0, or spent more than its budget
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, section 5: the curves of figures 3 to 5
 */
export function learningCurve(run: RunOutcome, budget: number, value: (record: OutcomeRecord) => number = testAccuracy): Float64Array {
  const cells = Math.ceil(budget - rounding) + 1;
  const sums = new Float64Array(cells);
  const counts = new Float64Array(cells);
  for (const record of run.records) {
    const cell = Math.max(0, Math.ceil(record.spent - rounding));
    if (!(cell < cells)) refuse("learningCurve", `at most the budget ${budget} spent`, record.spent, `step ${record.step} of ${run.method}`);
    sums[cell]! += value(record);
    counts[cell]!++;
  }
  if (run.records[0]?.step !== 0) refuse("learningCurve", "records from step 0 on", run.records[0]?.step, run.method);
  const curve = new Float64Array(hasEnded(run, budget) ? cells : Math.floor(run.records.at(-1)!.spent + rounding) + 1);
  for (let b = 0; b < curve.length; b++) curve[b] = counts[b] === 0 ? curve[b - 1]! : sums[b]! / counts[b]!;
  return curve;
}

function testAccuracy({ step, test }: OutcomeRecord): number {
  return test === undefined ? refuse("learningCurve", "records with a test accuracy", "none", `step ${step}`) : test.accuracy;
}
