import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import {
  areaUnderCurve, bootstrapBand, budgetToReach, compareRuns, compareWithPublished, costAnalysis, equivalenceTest, holm, meanCurve, pairedTest, publishedCurves,
  randomSource, replicateCurves, runBands, runSummaries, type ReplicateCurves,
} from "almq"; // prettier-ignore
import fc from "fast-check";
import { studentQuantile, studentT } from "../../lib/outcome/statistics/studentT";
import { syntheticReplicate } from "./syntheticStudy";

const near = (value: number, expected: number, relative = 1e-9) => ok(Math.abs(value - expected) <= relative * Math.max(Math.abs(expected), 1e-12), `${value} is not ${expected}`);

// The numbers that these functions are compared with come from SciPy 1 and statsmodels.

test("studentT(t, degreesOfFreedom) and its inverse are SciPy's", () => {
  const cases = [[-2.045, 29, 0.025012037961205807], [0.3, 1, 0.5927735790777423], [-8, 12.7, 1.302498873800863e-6], [-40, 29, 3.173438664864671e-27], [2.5, 58.3, 0.9923729916807082]] as const; // prettier-ignore
  for (const [t, freedom, p] of cases) near(studentT(t, freedom), p, 1e-8);
  deepEqual([studentT(Infinity, 3), studentT(-Infinity, 3)], [1, 0]);
  const quantiles = [[0.975, 29, 2.045229642132703], [0.95, 57.3, 1.6718842772095293], [0.95, 1, 6.313751514675037], [0.999, 3, 10.214531852407383]] as const; // prettier-ignore
  for (const [p, freedom, t] of quantiles) near(studentQuantile(p, freedom), t, 1e-7);
});

test("areaUnderCurve(curve) is the mean height of the trapezoids", () => {
  near(areaUnderCurve([0.5, 0.7, 0.9]), 0.7);
  near(areaUnderCurve([0, 1, 1]), 0.75);
  throws(() => areaUnderCurve([0.5]), /areaUnderCurve: expected a curve of at least two values, got 1/);
});

test("budgetToReach(curve, target) is the first budget there, and nothing where it is never reached", () => {
  equal(budgetToReach([0.5, 0.7, 0.65, 0.9], 0.7), 1);
  equal(budgetToReach([0.5, 0.7], 0.5), 0);
  equal(budgetToReach([0.5, 0.7], 0.8), undefined);
});

const run = (method: string, exploration: boolean, ...values: number[][]): ReplicateCurves => ({
  method,
  exploration,
  replicates: values.map((_, i) => i),
  values: values.map((curve) => Float64Array.from(curve)),
});

test("costAnalysis(curves, targets) says what a method saves against random sampling", () => {
  const curves = [run("ALMQ", true, [0.5, 0.8, 0.9], [0.5, 0.9, 0.9]), run("RA", false, [0.5, 0.7, 0.8], [0.5, 0.7, 0.9])];
  const [almq, random, never, randomNever] = costAnalysis(curves, [0.84, 0.95]);
  deepEqual(almq, { target: 0.84, method: "ALMQ", exploration: true, budget: 1, reached: 1, saved: 1, savedShare: 0.5 });
  deepEqual([random!.budget, random!.reached, random!.saved], [2, 0.5, 0]);
  deepEqual([never!.budget, never!.saved, never!.savedShare, randomNever!.reached], [undefined, undefined, undefined, 0]);
});

test("pairedTest(first, second) is Student's test of the differences", () => {
  const { difference, interval, t, degreesOfFreedom, p, effect } = pairedTest([0.91, 0.92, 0.945, 0.93, 0.951], [0.905, 0.925, 0.93, 0.921, 0.94]);
  near(difference, 0.007);
  near(t, 2.0552707683014635);
  equal(degreesOfFreedom, 4);
  near(p, 0.10903597834460804, 1e-8);
  near(effect, 0.9191450300180585);
  near(interval[0], -0.002456231284039668, 1e-8);
  near(interval[1], 0.016456231284039634, 1e-8);
});

test("pairedTest(first, second) of equal runs, of a constant difference, and of runs that cannot be paired", () => {
  deepEqual([pairedTest([1, 2], [1, 2]).p, pairedTest([1, 2], [1, 2]).effect], [1, 0]);
  equal(pairedTest([2, 3, 4], [1, 2, 3]).p, 0);
  throws(() => pairedTest([1, 2], [1]), /pairedTest: expected 2 values to pair, got 1/);
  throws(() => pairedTest([1], [1]), /at least two replicates/);
});

test("pairedTest(a, b) and pairedTest(b, a) mirror each other", () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(values, fc.integer(), (first, seed) => {
      const random = randomSource(seed);
      const second = first.map(() => random.next());
      const [one, other] = [pairedTest(first, second), pairedTest(second, first)];
      near(one.p, other.p);
      near(one.t, -other.t);
      ok(one.p >= 0 && one.p <= 1 && one.interval[0] <= one.difference && one.difference <= one.interval[1]);
    }),
  );
});

test("holm(p) is statsmodels' step-down correction", () => {
  holm([0.01, 0.04, 0.03, 0.005, 0.5, 0.5]).forEach((value, i) => near(value, [0.05, 0.12, 0.12, 0.03, 1, 1][i]!));
  deepEqual(holm([]), []);
  throws(() => holm([0.5, 1.1]), /holm: expected p values from 0 to 1, got 1.1 at position 1/);
});

test("holm(p) never lowers a p value and keeps their order", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
      const corrected = holm(p);
      corrected.forEach((value, i) => {
        ok(value >= p[i]! && value <= 1);
        corrected.forEach((other, j) => ok(p[i]! >= p[j]! || value <= other));
      });
    }),
  );
});

test("equivalenceTest(first, second, margin) is two one-sided Welch tests", () => {
  const [first, second] = [{ mean: 0.94325, sd: 0.0076795182140548075, count: 6 }, { mean: 0.9445, sd: 0.005686240703077332, count: 4 }]; // prettier-ignore
  const { p, interval, difference } = equivalenceTest(first, second, 0.01);
  near(p, 0.036692280727548696, 1e-8);
  near(difference, -0.00125, 1e-9);
  near(interval[0], -0.009145591726463762, 1e-7);
  near(interval[1], 0.0066455917264638155, 1e-7);
  near(equivalenceTest(first, second, 0.006).p, 0.14752932578343378, 1e-8);
});

test("equivalenceTest(first, second, margin) has p below 0.05 exactly when the 90 % interval lies within the margins", () => {
  const sample = fc.record({ mean: fc.double({ min: 0.8, max: 1, noNaN: true }), sd: fc.double({ min: 0.001, max: 0.05, noNaN: true }), count: fc.integer({ min: 2, max: 60 }) }); // prettier-ignore
  fc.assert(
    fc.property(sample, sample, fc.double({ min: 0.001, max: 0.1, noNaN: true }), (first, second, margin) => {
      const { p, interval } = equivalenceTest(first, second, margin);
      const within = interval[0] > -margin && interval[1] < margin;
      ok(Math.abs(p - 0.05) < 1e-6 || within === p < 0.05);
    }),
  );
  throws(() => equivalenceTest({ mean: 1, sd: 1, count: 30 }, { mean: 1, sd: 1, count: 30 }, 0), /a margin above 0/);
  throws(() => equivalenceTest({ mean: 1, sd: 1, count: 1 }, { mean: 1, sd: 1, count: 30 }, 1), /at least two replicates/);
  throws(() => equivalenceTest({ mean: 1, sd: 0, count: 5 }, { mean: 1, sd: 0, count: 5 }, 1), /means that spread/);
});

test("bootstrapBand(curves) holds the mean, widens with its level, and has about the width of the normal interval", () => {
  const random = randomSource(3);
  const curves = Array.from({ length: 40 }, () => [random.normal(), 5 + 2 * random.normal()]);
  const band = bootstrapBand(curves, {}, randomSource(1));
  const wide = bootstrapBand(curves, { level: 0.99 }, randomSource(1));
  const means = meanCurve(curves);
  means.forEach((mean, b) => {
    ok(band.lower[b]! < mean && mean < band.upper[b]!);
    ok(wide.lower[b]! < band.lower[b]! && band.upper[b]! < wide.upper[b]!);
    const sd = Math.sqrt(curves.reduce((sum, curve) => sum + (curve[b]! - mean) ** 2, 0) / 39);
    ok(Math.abs((band.upper[b]! - band.lower[b]!) / ((2 * 1.96 * sd) / Math.sqrt(40)) - 1) < 0.1);
  });
  deepEqual(bootstrapBand(curves, {}, randomSource(1)), band, "the same seed, the same band");
});

test("bootstrapBand(curves) of few replicates has the quantiles that can be counted out", () => {
  const edges = (curves: number[][], level: number) => {
    const { lower, upper } = bootstrapBand(curves, { level, resamples: 20_000 }, randomSource(5));
    return [lower[0], upper[0]];
  };
  deepEqual(edges([[1], [3]], 0.95), [1, 3], "two replicates: their means are 1, 2, 2 and 3");
  deepEqual(edges([[1], [3]], 0.4), [2, 2]);
  deepEqual(edges([[0], [0], [3]], 0.9), [0, 2], "a third of 3 has chance 8/27, 12/27, 6/27, 1/27 to be 0, 1, 2, 3");
  deepEqual(edges([[0], [0], [3]], 0.95), [0, 3]);
});

test("bootstrapBand(curves) refuses curves of different lengths and options out of bounds", () => {
  throws(() => bootstrapBand([], {}, randomSource(1)), /expected curves of one length, got none/);
  throws(() => bootstrapBand([[1, 2], [1]], {}, randomSource(1)), /expected curves of one length, got 2, 1/); // prettier-ignore
  throws(() => bootstrapBand([[1]], { level: 1 }, randomSource(1)), /a level between 0 and 1/);
  throws(() => bootstrapBand([[1]], { resamples: 0 }, randomSource(1)), /at least one resample/);
});

const curves = replicateCurves([1, 2, 3, 4].map((number) => syntheticReplicate(number, randomSource(number))));

test("runSummaries(curves) has a row per run", () => {
  const [almq] = runSummaries(curves);
  equal(almq!.run, "ALMQ+EE");
  equal(almq!.replicates, 4);
  near(almq!.finalAccuracy, curves[0]!.values.reduce((sum, curve) => sum + curve.at(-1)!, 0) / 4);
  ok(almq!.area < almq!.finalAccuracy && almq!.areaSd! > 0);
});

test("compareRuns(curves, run) pairs replicates by their numbers and corrects for all comparisons", () => {
  const shuffled = curves.map((one, i) => (i === 1 ? { ...one, replicates: [...one.replicates].reverse(), values: [...one.values].reverse() } : one));
  const [test] = compareRuns(shuffled, "ALMQ+EE");
  deepEqual(test, compareRuns(curves, "ALMQ+EE")[0]);
  equal(test!.pCorrected, test!.p, "one comparison needs no correction");
  deepEqual(compareRuns(curves, "BADGE"), []);
  equal(test!.replicates, 4);
  const fewer = (count: number) => curves.map((one, i) => (i === 1 ? { ...one, replicates: one.replicates.slice(0, count), values: one.values.slice(0, count) } : one));
  equal(compareRuns(fewer(3), "ALMQ+EE")[0]!.replicates, 3);
  deepEqual(compareRuns(fewer(1), "ALMQ+EE"), [], "one pair is no sample");
});

test("runBands(curves) has a band for every run of at least two replicates, the same whichever runs stand beside it", () => {
  const bands = runBands(curves, { resamples: 200 }, randomSource(1));
  deepEqual(bands.map(({ run, replicates }) => [run, replicates]), [["ALMQ+EE", 4], ["RA", 4]]);
  deepEqual(runBands(curves.slice(1), { resamples: 200 }, randomSource(1)), bands.slice(1));
  const { lower, upper } = bands[0]!;
  meanCurve(curves[0]!.values).forEach((mean, b) => ok(lower[b]! <= mean && mean <= upper[b]!));
  deepEqual(runBands([run("RA", false, [0.5, 0.6])], {}, randomSource(1)), []);
});

test("compareWithPublished(curves, published, margin) tells equivalence only where it can", () => {
  const finals = publishedCurves("handwriting").find(({ method, exploration, budget }) => method === "ALMQ" && exploration && budget === 100)!;
  const like = (shift: number, spread: number, budget = 100) => run("ALMQ", true, ...Array.from({ length: 30 }, (_, i) => [...new Array<number>(budget).fill(0.8), finals.accuracyMean + shift + (i % 2 === 0 ? spread : -spread)])); // prettier-ignore
  const row = (one: ReplicateCurves, dataset = "handwriting") => compareWithPublished([one], publishedCurves(dataset), 0.006)[0]!;
  equal(row(like(0, 0.005)).equivalent, "yes");
  equal(row(like(0.006, 0.005)).equivalent, "cannot tell");
  equal(row(like(0, 0.05)).equivalent, "cannot tell", "too much spread to tell");
  for (const shift of [0.02, -0.02]) {
    const { equivalent, interval } = row(like(shift, 0.005));
    ok(equivalent === "different" && Math.min(...interval!.map(Math.abs)) > 0.006, "the whole interval is outside the margins");
  }
  const shorter = { ...like(0, 0.005), values: like(0, 0.005).values.map((curve) => curve.slice(1)) };
  deepEqual(compareWithPublished([shorter], publishedCurves("handwriting"), 0.006), [], "nothing is published at a budget of 99");
  const har = row(like(0, 0.005, 120), "har");
  deepEqual([har.equivalent, har.p], ["cannot tell", undefined], "no published standard deviations");
  deepEqual(compareWithPublished([run("mine", true, [0, 1])], publishedCurves("mnist"), 0.01), []);
});
