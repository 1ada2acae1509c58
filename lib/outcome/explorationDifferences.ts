import { batchSteps, replicateCurves, type CurvePoint } from "./curves";
import { meanAndSd } from "./meanAndSd";
import type { ReplicateOutcome } from "./record";

/** What exploration (EE) adds to a method's test accuracy at one budget: with EE minus without. */
export interface ExplorationDifference {
  readonly dataset: string;
  readonly method: string;
  readonly budget: number;
  readonly initialPlusBudget: number;
  readonly difference: number;
  /** Unbiased standard deviation of the difference within a replicate; absent where only means are known. */
  readonly sd?: number;
  readonly replicates: number;
}

/**
 * What EE adds in every method that ran with and without, replicate by replicate: the two runs of a replicate share
 * its split, its initial set and its initial model, so that their difference spreads less than either.
 */
export function explorationDifferences(outcomes: readonly ReplicateOutcome[]): ExplorationDifference[] {
  const [first] = outcomes;
  if (first === undefined) return [];
  const { dataset, settings } = first.header;
  const made = replicateCurves(outcomes);
  return made.filter(({ exploration }) => exploration).flatMap((on) => {
    const off = made.find(({ method, exploration }) => method === on.method && !exploration);
    if (off === undefined) return [];
    const pairs = on.replicates.flatMap((replicate, i) => {
      const twin = off.replicates.indexOf(replicate);
      return twin < 0 ? [] : [[on.values[i]!, off.values[twin]!] as const];
    });
    return batchSteps(settings.budget, settings.batchBudget).map((budget) => {
      const at = Math.ceil(budget - 1e-9);
      const { mean, sd } = meanAndSd(pairs.map(([withIt, without]) => withIt[at]! - without[at]!));
      const spread = sd === undefined ? {} : { sd };
      return { dataset, method: on.method, budget, initialPlusBudget: settings.initial + budget, difference: mean, ...spread, replicates: pairs.length };
    });
  }); // prettier-ignore
}

/** The same from means alone: differences of published points, whose spread within a replicate is not known. */
export function differencesOfMeans(points: readonly CurvePoint[]): ExplorationDifference[] {
  return points.filter(({ exploration }) => exploration).flatMap((on) => {
    const off = points.find((point) => point.method === on.method && !point.exploration && point.budget === on.budget);
    if (off === undefined) return [];
    const { dataset, method, budget, initialPlusBudget } = on;
    return [{ dataset, method, budget, initialPlusBudget, difference: on.accuracyMean - off.accuracyMean, replicates: Math.min(on.replicates, off.replicates) }];
  }); // prettier-ignore
}
