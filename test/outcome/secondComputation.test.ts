import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  areaUnderCurve, bootstrapBand, compareRuns, compareWithPublished, costAnalysis, publishedCurves, randomSource, readStudy, replicateCurves, runName, runSummaries,
} from "almq"; // prettier-ignore
import { projectFolder } from "../../lib/runtime/projectFolder";

// The committed handwriting study, summarised by almq and by test/reference/statistics.py (pandas, SciPy, statsmodels).

interface Reference {
  readonly runs: Readonly<Record<string, { final: number; finalSd: number; area: number; areaSd: number }>>;
  readonly against: Readonly<Record<string, { difference: number; from: number; to: number; t: number; p: number; pCorrected: number; effect: number }>>;
  readonly reach: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  readonly published: Readonly<Record<string, { difference: number; from: number; to: number; p: number }>>;
  readonly band: readonly [number, number];
}

const reference = JSON.parse(readFileSync(join(projectFolder, "test", "reference", "statistics.json"), "utf8")) as Reference;
const curves = replicateCurves(readStudy("handwriting", "paper").outcomes.filter(({ header }) => header.replicate < 30));
const near = (value: number, expected: number, within: number, what: string) => ok(Math.abs(value - expected) <= within, `${what}: ${value} is not ${expected}`);

test("runSummaries(curves) of the handwriting study: final accuracies and areas are NumPy's", () => {
  const rows = runSummaries(curves);
  equal(rows.length, 13);
  for (const { run, finalAccuracy, finalSd, area, areaSd } of rows) {
    const expected = reference.runs[run]!;
    near(finalAccuracy, expected.final, 1e-12, run);
    near(finalSd!, expected.finalSd, 1e-12, run);
    near(area, expected.area, 1e-12, run);
    near(areaSd!, expected.areaSd, 1e-12, run);
  }
  near(areaUnderCurve([0.5, 0.61, 0.7, 0.72, 0.81]), 0.67125, 1e-12, "numpy.trapezoid");
});

test("compareRuns(curves, \"ALMQ+EE\") of the handwriting study: paired tests are SciPy's, Holm's correction statsmodels'", () => {
  const rows = compareRuns(curves, "ALMQ+EE");
  equal(rows.length, 12);
  for (const { against, difference, interval, t, p, pCorrected, effect } of rows) {
    const expected = reference.against[against]!;
    near(difference, expected.difference, 1e-12, against);
    near(t, expected.t, 1e-9 * Math.abs(expected.t), against);
    near(effect, expected.effect, 1e-9 * Math.abs(expected.effect), against);
    near(p, expected.p, 1e-7 * expected.p, against);
    near(pCorrected, expected.pCorrected, 1e-7 * expected.pCorrected, against);
    near(interval[0], expected.from, 1e-9, against);
    near(interval[1], expected.to, 1e-9, against);
  }
});

test("costAnalysis(curves, targets) of the handwriting study: budgets to reach an accuracy, and what is saved, counted a second time", () => {
  const rows = costAnalysis(curves, [0.9, 0.92, 0.99]);
  for (const { target, method, exploration, budget, saved, savedShare } of rows) {
    const reached = reference.reach[String(target)]!;
    const [own, random] = [reached[runName({ method, exploration })]!, reached.RA!];
    equal(budget ?? null, own);
    equal(saved ?? null, own === null || random === null ? null : random - own);
    equal(savedShare ?? null, own === null || random === null ? null : (random - own) / random);
  }
  ok(rows.some(({ saved }) => saved !== undefined && saved > 0) && rows.some(({ budget }) => budget === undefined));
});

test("costAnalysis(curves, targets) of the handwriting study credits BADGE with no model before its whole batch is paid", () => {
  const budgets = costAnalysis(curves, [0.9, 0.92]).filter(({ method }) => method === "BADGE").map(({ budget }) => budget); // prettier-ignore
  deepEqual(budgets, [35, 75], "its rows already hold that model at 31 and 71");
  near(runSummaries(curves).find(({ run }) => run === "BADGE")!.area, 0.9043, 5e-5, "area");
});

test("compareWithPublished(curves, published, margin) of the handwriting study: equivalence tests are SciPy's", () => {
  const rows = compareWithPublished(curves, publishedCurves("handwriting"), 0.006);
  equal(rows.length, 13);
  for (const { run, difference, interval, p } of rows) {
    const expected = reference.published[run]!;
    near(difference, expected.difference, 1e-12, run);
    near(p!, expected.p, 1e-7 * expected.p, run);
    near(interval![0], expected.from, 1e-8, run);
    near(interval![1], expected.to, 1e-8, run);
  }
});

test("bootstrapBand(curves) of the handwriting study ends where SciPy's bootstrap does, but for what resampling leaves to chance", () => {
  const almq = curves.find((run) => runName(run) === "ALMQ+EE")!;
  const { lower, upper } = bootstrapBand(almq.values.map((curve) => [curve.at(-1)!]), { resamples: 20_000 }, randomSource(1)); // prettier-ignore
  const error = 1.5 * (reference.runs["ALMQ+EE"]!.finalSd / Math.sqrt(30)) * 0.025; // a 2.5 % quantile of 20,000 errs by about 0.02 standard errors
  near(lower[0]!, reference.band[0], 3 * error, "lower");
  near(upper[0]!, reference.band[1], 3 * error, "upper");
});
