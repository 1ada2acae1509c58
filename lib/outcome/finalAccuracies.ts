import type { CurvePoint } from "./curves";
import { meanAndSd } from "./meanAndSd";
import type { PublishedFull } from "./published";
import type { ReplicateOutcome } from "./record";

/** A row of the table under a figure: a run's accuracy at the end of its budget. */
export interface FinalAccuracy {
  readonly dataset: string;
  readonly method: string;
  readonly EE: "on" | "off";
  /** Absent for Full, which has all labels. */
  readonly budget?: number;
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

/**
 * Accuracies where the curves end, almq's beside the published ones of the same budget, in the order of the curves. That is
 * the end of the budget wherever a replicate has come so far.
 */
export function finalAccuracies(curves: readonly CurvePoint[], published: readonly CurvePoint[] = []): FinalAccuracy[] {
  const ours = lastPoints(curves);
  const theirs = lastPoints(published);
  return [...new Set([...ours.keys(), ...theirs.keys()])].map((run) => {
    const [own, end] = [ours.get(run), theirs.get(run)];
    const { dataset, method, exploration, budget } = (own ?? end)!;
    const paper = published.find((point) => runOf(point) === run && point.budget === budget);
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

/** The row of Full, one model fitted on the whole labeled pool: means over replicates, not the line of the figures. */
export function fullAccuracies(dataset: string, outcomes: readonly ReplicateOutcome[], published?: PublishedFull): FinalAccuracy[] {
  const accuracies = outcomes.flatMap(({ header }) => header.full?.testAccuracy ?? []);
  const { mean, sd } = meanAndSd(accuracies);
  const ours: Partial<FinalAccuracy> = accuracies.length === 0 ? {} : { almq: mean, ...(sd === undefined ? {} : { sd }), replicates: accuracies.length };
  const theirs: Partial<FinalAccuracy> = published === undefined ? {} : { published: published.mean ?? published.drawn, ...(published.sd === undefined ? {} : { publishedSd: published.sd }) };
  const difference = ours.almq === undefined || theirs.published === undefined ? {} : { difference: ours.almq - theirs.published };
  return Object.keys({ ...ours, ...theirs }).length === 0 ? [] : [{ dataset, method: "Full", EE: "off", ...ours, ...theirs, ...difference }];
}

/** A row of the table under a figure that can switch between the runs of both fidelities. */
export interface BothAccuracies {
  readonly dataset: string;
  readonly method: string;
  readonly EE: "on" | "off";
  readonly budget?: number;
  readonly published?: number;
  readonly "published sd"?: number;
  /** Of almq's runs that follow the paper's code. */
  readonly paper?: number;
  readonly "paper sd"?: number;
  readonly "paper replicates"?: number;
  readonly "paper − published"?: number;
  /** Of almq's runs that follow the paper. */
  readonly corrected?: number;
  readonly "corrected sd"?: number;
  readonly "corrected replicates"?: number;
}

/** The tables of both fidelities as one. A column without numbers is left out. */
export function bothFidelities(paper: readonly FinalAccuracy[], corrected: readonly FinalAccuracy[]): BothAccuracies[] {
  const name = (row: FinalAccuracy) => `${row.dataset} ${row.method} ${row.EE}`;
  const [first, second] = [paper, corrected].map((rows) => new Map(rows.map((row) => [name(row), row])));
  return [...new Set([...first!.keys(), ...second!.keys()])].map((run) => {
    const [own, other] = [first!.get(run), second!.get(run)];
    const { dataset, method, EE, budget, published, publishedSd } = (own ?? other)!;
    const row: Record<keyof BothAccuracies, string | number | undefined> = {
      dataset, method, EE, budget, published, "published sd": publishedSd,
      paper: own?.almq, "paper sd": own?.sd, "paper replicates": own?.replicates, "paper − published": own?.difference,
      corrected: other?.almq, "corrected sd": other?.sd, "corrected replicates": other?.replicates,
    }; // prettier-ignore
    return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as BothAccuracies;
  });
}

const runOf = ({ dataset, method, exploration }: CurvePoint) => `${dataset} ${method} ${exploration}`;

function lastPoints(points: readonly CurvePoint[]): Map<string, CurvePoint> {
  const last = new Map<string, CurvePoint>();
  for (const point of points) {
    const run = runOf(point);
    if (point.budget >= (last.get(run)?.budget ?? 0)) last.set(run, point);
  }
  return last;
}
