import { batchSteps, curveIndex } from "./batchSteps";
import { reachedCurves, type CurvePoint } from "./curves";
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
 * its split, its initial set and its initial model, so that their difference spreads less than either. A replicate counts
 * as far as both have come.
 */
export function explorationDifferences(outcomes: readonly ReplicateOutcome[]): ExplorationDifference[] {
  const [first] = outcomes;
  if (first === undefined) return [];
  const { dataset, settings } = first.header;
  const made = reachedCurves(outcomes);
  return made.filter(({ exploration }) => exploration).flatMap((on) => {
    const off = made.find(({ method, exploration }) => method === on.method && !exploration);
    if (off === undefined) return [];
    const pairs = on.replicates.flatMap((replicate, i) => {
      const twin = off.replicates.indexOf(replicate);
      return twin < 0 ? [] : [[on.values[i]!, off.values[twin]!] as const];
    });
    return batchSteps(settings.budget, settings.batchBudget).flatMap((budget) => {
      const at = curveIndex(budget);
      const differences = pairs.filter((pair) => pair.every((curve) => at < curve.length)).map(([withIt, without]) => withIt[at]! - without[at]!);
      if (differences.length === 0) return [];
      const { mean, sd } = meanAndSd(differences);
      const spread = sd === undefined ? {} : { sd };
      return [{ dataset, method: on.method, budget, initialPlusBudget: settings.initial + budget, difference: mean, ...spread, replicates: differences.length }];
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
