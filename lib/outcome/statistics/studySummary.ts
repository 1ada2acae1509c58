import type { CurvePoint, ReplicateCurves } from "../curves";
import { meanAndSd } from "../meanAndSd";
import { runName } from "../record";
import { areaUnderCurve } from "./areaUnderCurve";
import { equivalenceTest } from "./equivalenceTest";
import { holm } from "./holm";
import { pairedTest, type PairedTest } from "./pairedTest";

/** One row per run: where its curve ends and how high it is on the way. */
export interface RunSummary {
  readonly run: string;
  readonly replicates: number;
  readonly finalAccuracy: number;
  readonly finalSd?: number;
  /** Mean accuracy over the budget. */
  readonly area: number;
  readonly areaSd?: number;
}

/** Final accuracy and area under the curve of every run. */
export function runSummaries(curves: readonly ReplicateCurves[]): RunSummary[] {
  return curves.map((run) => {
    const final = meanAndSd(finals(run));
    const area = meanAndSd(run.values.map(areaUnderCurve));
    return {
      run: runName(run),
      replicates: run.values.length,
      finalAccuracy: final.mean,
      ...(final.sd === undefined ? {} : { finalSd: final.sd }),
      area: area.mean,
      ...(area.sd === undefined ? {} : { areaSd: area.sd }),
    };
  });
}

/** One run against the one of interest. */
export interface RunComparison extends PairedTest {
  /** The run of interest is the first of the pair. */
  readonly against: string;
  /** How many replicates have both. */
  readonly replicates: number;
  /** Corrected for all comparisons made at once, by Holm. */
  readonly pCorrected: number;
}

/**
 * Tests a run against every other with which it shares at least two replicates, replicate by replicate, with Holm's
 * correction.
 *
 * @param interest name of the run, e.g. `"ALMQ+EE"`
 * @param value of a curve that is compared; default its end
 */
export function compareRuns(curves: readonly ReplicateCurves[], interest: string, value: (curve: Float64Array) => number = (curve) => curve.at(-1)!): RunComparison[] {
  const own = curves.find((run) => runName(run) === interest);
  if (own === undefined) return [];
  const others = curves.filter((run) => run !== own);
  const tests = others.flatMap((other) => {
    const shared = own.replicates.filter((replicate) => other.replicates.includes(replicate));
    const of = (run: ReplicateCurves) => shared.map((replicate) => value(run.values[run.replicates.indexOf(replicate)]!));
    return shared.length < 2 ? [] : [{ against: runName(other), replicates: shared.length, ...pairedTest(of(own), of(other)) }];
  });
  const corrected = holm(tests.map(({ p }) => p));
  return tests.map((test, i) => ({ ...test, pCorrected: corrected[i]! }));
}

/** A run of ours against the published mean, at the end of the budget. */
export interface PublishedComparison {
  readonly run: string;
  readonly replicates: number;
  readonly almq: number;
  readonly published: number;
  readonly difference: number;
  /** 90 % confidence interval of the difference; absent where the paper gives no standard deviation. */
  readonly interval?: readonly [number, number];
  /** Of the equivalence test. */
  readonly p?: number;
  /**
   * `"yes"`: the difference is within ± margin (p < 0.05); `"different"`: its whole interval is outside; `"cannot tell"`
   * otherwise, or where the paper gives no standard deviation.
   */
  readonly equivalent: "yes" | "different" | "cannot tell";
}

/**
 * Tests whether our means are the published ones, but for a margin, at the end of the budget; a run for which nothing is
 * published at that budget is left out.
 *
 * @param margin the largest difference in accuracy that does not matter, > 0
 */
export function compareWithPublished(curves: readonly ReplicateCurves[], published: readonly CurvePoint[], margin: number): PublishedComparison[] {
  return curves.flatMap((run): PublishedComparison[] => {
    const points = published.filter((point) => point.method === run.method && point.exploration === run.exploration);
    const paper = points.find(({ budget }) => budget === run.values[0]!.length - 1);
    if (paper === undefined) return [];
    const { mean, sd } = meanAndSd(finals(run));
    const row = { run: runName(run), replicates: run.values.length, almq: mean, published: paper.accuracyMean, difference: mean - paper.accuracyMean };
    if (sd === undefined || paper.accuracySd === undefined) return [{ ...row, equivalent: "cannot tell" }];
    const test = equivalenceTest({ mean, sd, count: run.values.length }, { mean: paper.accuracyMean, sd: paper.accuracySd, count: paper.replicates }, margin);
    const [from, to] = test.interval;
    const otherwise = from > margin || to < -margin ? "different" : "cannot tell";
    return [{ ...row, interval: test.interval, p: test.p, equivalent: test.p < 0.05 ? "yes" : otherwise }];
  });
}

function finals({ values }: ReplicateCurves): number[] {
  return values.map((curve) => curve.at(-1)!);
}
