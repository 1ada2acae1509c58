import { batchSteps, curveIndex } from "./batchSteps";
import { hasEnded } from "./hasEnded";
import { learningCurve } from "./learningCurve";
import { meanAndSd } from "./meanAndSd";
import { paidModels } from "./paidModels";
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
  /** How many replicates the mean is over: fewer where runs have not come so far. */
  readonly replicates: number;
}

/** A value per replicate at one budget of one run: what curves and tests are made of. */
export interface ReplicateCurves {
  readonly method: string;
  readonly exploration: boolean;
  /** Numbers of the replicates, in the order of `values`. */
  readonly replicates: readonly number[];
  /** One learning curve per replicate, at every whole budget: all of one length. */
  readonly values: readonly Float64Array[];
}

/**
 * The learning curves of every run of a study, replicate by replicate, in the order in which runs first appear. Runs that
 * have not come to their end are left out: what is said of the end of a budget is said of runs that were there.
 * A model counts from the budget on that pays for the whole of its batch, so that no method is credited with one before it is paid.
 */
export function replicateCurves(outcomes: readonly ReplicateOutcome[]): ReplicateCurves[] {
  const ended = outcomes.map(({ header, runs }) => ({
    header,
    runs: runs.filter((run) => hasEnded(run, header.settings.budget)).map((run) => paidModels(run, header)),
  }));
  return reachedCurves(ended);
}

/** The curves of all runs as their rows have them: the curve of one that has not ended is as long as the budget it has spent. */
export function reachedCurves(outcomes: readonly ReplicateOutcome[]): ReplicateCurves[] {
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

/** The learning curves of a study at every batch of its budget: mean and spread over the replicates that have come so far. */
export function curves(outcomes: readonly ReplicateOutcome[]): CurvePoint[] {
  const [first] = outcomes;
  return first === undefined ? [] : points(reachedCurves(outcomes), first.header.dataset, first.header.settings);
}

/**
 * The learning curves of runs of your own at every batch of their budget, as far as they have come: runs that are still
 * going on can be drawn. Runs of one method are its replicates.
 *
 * @param runs as `activeLearning` returns them, all of these settings
 * @param settings samples labeled before the first question, the budget of a run, and of one of its batches
 */
export function runCurves(runs: readonly RunOutcome[], settings: Pick<OutcomeSettings, "initial" | "budget" | "batchBudget">, dataset = "own"): CurvePoint[] {
  return points(byRun(runs.map((run) => ({ run, budget: settings.budget }))), dataset, settings);
}

function points(runs: readonly ReplicateCurves[], dataset: string, { initial, budget: whole, batchBudget }: Pick<OutcomeSettings, "initial" | "budget" | "batchBudget">): CurvePoint[] {
  return runs.flatMap(({ method, exploration, values }) =>
    batchSteps(whole, batchBudget).flatMap((budget) => {
      const reached = values.flatMap((curve) => curve[curveIndex(budget)] ?? []);
      if (reached.length === 0) return [];
      const { mean, sd } = meanAndSd(reached);
      const spread = sd === undefined ? {} : { accuracySd: sd };
      return [{ dataset, method, exploration, budget, initialPlusBudget: initial + budget, accuracyMean: mean, ...spread, replicates: reached.length }];
    }),
  );
}
