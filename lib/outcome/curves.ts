import { learningCurve } from "./learningCurve";
import { meanAndSd } from "./meanAndSd";
import { runName, type ReplicateOutcome } from "./record";

/** A point of a learning curve over replicates. */
export interface CurvePoint {
  readonly dataset: string;
  readonly method: string;
  readonly exploration: boolean;
  readonly budget: number;
  /** Size of the initial labeled set + budget: the x of the paper's figures. */
  readonly initialPlusBudget: number;
  /** Mean test accuracy over replicates. */
  readonly accuracyMean: number;
  /** Unbiased standard deviation over replicates; absent where not known. */
  readonly accuracySd?: number;
  readonly replicates: number;
}

/** A value per replicate at one budget of one run: what curves and tests are made of. */
export interface ReplicateCurves {
  readonly method: string;
  readonly exploration: boolean;
  /** Numbers of the replicates, in the order of `values`. */
  readonly replicates: readonly number[];
  /** One learning curve per replicate, at every whole budget. */
  readonly values: readonly Float64Array[];
}

/** The learning curves of every run of a study, replicate by replicate, in the order in which runs first appear. */
export function replicateCurves(outcomes: readonly ReplicateOutcome[]): ReplicateCurves[] {
  const runs = new Map<string, { method: string; exploration: boolean; replicates: number[]; values: Float64Array[] }>();
  for (const { header, runs: made } of outcomes)
    for (const run of made) {
      const { method, exploration } = run;
      const curves = runs.get(runName(run)) ?? { method, exploration, replicates: [], values: [] };
      runs.set(runName(run), curves);
      curves.replicates.push(header.replicate);
      curves.values.push(learningCurve(run, header.settings.budget));
    }
  return [...runs.values()];
}

/** The learning curves of a study at every batch of its budget: mean and spread over replicates. */
export function curves(outcomes: readonly ReplicateOutcome[]): CurvePoint[] {
  const [first] = outcomes;
  if (first === undefined) return [];
  const { dataset, settings } = first.header;
  return replicateCurves(outcomes).flatMap(({ method, exploration, values }) =>
    batchSteps(settings.budget, settings.batchBudget).map((budget) => {
      const accuracies = values.map((curve) => curve[Math.min(Math.ceil(budget - 1e-9), curve.length - 1)]!);
      const { mean, sd } = meanAndSd(accuracies);
      return {
        dataset,
        method,
        exploration,
        budget,
        initialPlusBudget: settings.initial + budget,
        accuracyMean: mean,
        ...(sd === undefined ? {} : { accuracySd: sd }),
        replicates: accuracies.length,
      };
    }),
  );
}

/** The budgets at which curves are drawn: 0, every whole batch, and the whole budget. */
export function batchSteps(budget: number, batchBudget: number): number[] {
  const whole = Math.floor(budget / batchBudget + 1e-9);
  const steps = Array.from({ length: whole + 1 }, (_, batch) => Number((batch * batchBudget).toPrecision(12)));
  return budget - steps[whole]! > 1e-6 ? [...steps, budget] : steps;
}
