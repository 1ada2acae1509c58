import { learningCurve } from "./learningCurve";
import { meanAndSd } from "./meanAndSd";
import { runName, type OutcomeSettings, type ReplicateOutcome, type RunOutcome } from "./record";

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
  return byRun(outcomes.flatMap(({ header, runs }) => runs.map((run) => ({ run, replicate: header.replicate, budget: header.settings.budget }))));
}

function byRun(made: readonly { run: RunOutcome; replicate?: number; budget: number }[]): ReplicateCurves[] {
  const runs = new Map<string, { method: string; exploration: boolean; replicates: number[]; values: Float64Array[] }>();
  for (const { run, replicate, budget } of made) {
    const { method, exploration } = run;
    const curves = runs.get(runName(run)) ?? { method, exploration, replicates: [], values: [] };
    runs.set(runName(run), curves);
    curves.replicates.push(replicate ?? curves.replicates.length);
    curves.values.push(learningCurve(run, budget));
  }
  return [...runs.values()];
}

/** The learning curves of a study at every batch of its budget: mean and spread over replicates. */
export function curves(outcomes: readonly ReplicateOutcome[]): CurvePoint[] {
  const [first] = outcomes;
  return first === undefined ? [] : points(replicateCurves(outcomes), first.header.dataset, first.header.settings);
}

/**
 * The learning curves of runs of your own at every batch of their budget. Runs of one method are its replicates.
 *
 * @param runs as `activeLearning` returns them, all of these settings
 * @param settings samples labeled before the first question, the budget of a run, and of one of its batches
 */
export function runCurves(runs: readonly RunOutcome[], settings: Pick<OutcomeSettings, "initial" | "budget" | "batchBudget">, dataset = "own"): CurvePoint[] {
  return points(byRun(runs.map((run) => ({ run, budget: settings.budget }))), dataset, settings);
}

function points(runs: readonly ReplicateCurves[], dataset: string, { initial, budget: whole, batchBudget }: Pick<OutcomeSettings, "initial" | "budget" | "batchBudget">): CurvePoint[] {
  return runs.flatMap(({ method, exploration, values }) =>
    batchSteps(whole, batchBudget).map((budget) => {
      const { mean, sd } = meanAndSd(values.map((curve) => curve[Math.min(Math.ceil(budget - 1e-9), curve.length - 1)]!));
      const spread = sd === undefined ? {} : { accuracySd: sd };
      return { dataset, method, exploration, budget, initialPlusBudget: initial + budget, accuracyMean: mean, ...spread, replicates: values.length };
    }),
  );
}

/** The budgets at which curves are drawn: 0, every whole batch, and the whole budget. */
export function batchSteps(budget: number, batchBudget: number): number[] {
  const whole = Math.floor(budget / batchBudget + 1e-9);
  const steps = Array.from({ length: whole + 1 }, (_, batch) => Number((batch * batchBudget).toPrecision(12)));
  return budget - steps[whole]! > 1e-6 ? [...steps, budget] : steps;
}
