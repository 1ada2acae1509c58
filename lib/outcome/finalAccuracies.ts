import type { CurvePoint } from "./curves";

/** A row of the table under a figure: a run's accuracy at the end of its budget. */
export interface FinalAccuracy {
  readonly dataset: string;
  readonly method: string;
  readonly EE: "on" | "off";
  readonly budget: number;
  /** Mean test accuracy, its standard deviation and the number of replicates, computed by almq. */
  readonly almq?: number;
  readonly sd?: number;
  readonly replicates?: number;
  /** What the paper reports. */
  readonly published?: number;
  readonly publishedSd?: number;
  /** almq minus published. */
  readonly difference?: number;
}

/** Accuracies at the end of the budget, almq's beside the published ones, in the order of the curves. */
export function finalAccuracies(curves: readonly CurvePoint[], published: readonly CurvePoint[] = []): FinalAccuracy[] {
  const ours = lastPoints(curves);
  const theirs = lastPoints(published);
  return [...new Set([...ours.keys(), ...theirs.keys()])].map((run) => {
    const [own, paper] = [ours.get(run), theirs.get(run)];
    const { dataset, method, exploration, budget } = (own ?? paper)!;
    return {
      dataset,
      method,
      EE: exploration ? "on" : "off",
      budget,
      ...(own === undefined ? {} : { almq: own.accuracyMean, ...(own.accuracySd === undefined ? {} : { sd: own.accuracySd }), replicates: own.replicates }),
      ...(paper === undefined ? {} : { published: paper.accuracyMean, ...(paper.accuracySd === undefined ? {} : { publishedSd: paper.accuracySd }) }),
      ...(own === undefined || paper === undefined ? {} : { difference: own.accuracyMean - paper.accuracyMean }),
    };
  });
}

function lastPoints(points: readonly CurvePoint[]): Map<string, CurvePoint> {
  const last = new Map<string, CurvePoint>();
  for (const point of points) {
    const run = `${point.dataset} ${point.method} ${point.exploration}`;
    if (point.budget >= (last.get(run)?.budget ?? 0)) last.set(run, point);
  }
  return last;
}
