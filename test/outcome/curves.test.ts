import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { batchSteps, curves, learningCurve, publishedCurves, publishedFull, publishedQuestions, questionCounts, randomSource, readCurves, runCurves, writeCurves, type OutcomeRecord } from "almq";
import { syntheticReplicate } from "./syntheticStudy";

const values = (accuracy: number) => ({ accuracy, crossEntropy: 0, entropy: 0, variance: 0, leastConfidence: 0 });
const run = (points: readonly (readonly [number, number])[]) => ({
  method: "ALMQ",
  exploration: true,
  records: points.map(([spent, accuracy], step): OutcomeRecord => ({ step, spent, pool: values(0), test: values(accuracy) })),
});

test("learningCurve(run, budget) averages what was spent in (b − 1, b] and repeats where nothing was", () => {
  const curve = learningCurve(run([[0, 0.5], [0.4, 0.6], [1, 0.8], [1.2, 0.7], [3.5, 0.9]]), 5); // prettier-ignore
  deepEqual(Array.from(curve, (value) => Number(value.toFixed(12))), [0.5, 0.7, 0.7, 0.7, 0.9, 0.9]); // prettier-ignore
});

test("learningCurve(run, budget) takes a sum of decimals for the whole number it means", () => {
  const tenTenths = Array.from({ length: 10 }).reduce<number>((sum) => sum + 0.1, 0);
  const over = 0.1 + 0.2 + 0.7 + 1; // 2.0000000000000004 in some orders
  ok(tenTenths < 1 && over >= 2);
  deepEqual([...learningCurve(run([[0, 0.1], [tenTenths, 0.2], [Math.max(over, 2.0000000000000004), 0.3]]), 2)], [0.1, 0.2, 0.3]); // prettier-ignore
});

test("learningCurve(run, budget) averages whatever a user asks for", () => {
  deepEqual([...learningCurve(run([[0, 0.1], [1, 0.2]]), 1, ({ test }) => 1 - test!.accuracy)], [0.9, 0.8]); // prettier-ignore
});

test("learningCurve(run, budget) refuses a run over its budget, without a beginning or without a test set", () => {
  throws(() => learningCurve(run([[0, 0.1], [2.1, 0.2]]), 2), /at most the budget 2 spent, got 2.1/); // prettier-ignore
  throws(() => learningCurve(run([]), 2), /records from step 0 on/);
  throws(() => learningCurve({ ...run([]), records: [{ step: 0, spent: 0, pool: values(0.3) }] }, 2), /records with a test accuracy/);
});

test("batchSteps(budget, batch) ends with the whole budget", () => {
  deepEqual(batchSteps(10, 5), [0, 5, 10]);
  deepEqual(batchSteps(11, 5), [0, 5, 10, 11]);
  deepEqual(batchSteps(0.3, 0.1), [0, 0.1, 0.2, 0.3]);
});

test("curves(outcomes) gives mean and unbiased sd over replicates, every batch", () => {
  const outcomes = [1, 2, 3].map((number) => syntheticReplicate(number, randomSource(number)));
  const points = curves(outcomes);
  deepEqual(points.map(({ method, budget }) => `${method} ${budget}`), ["ALMQ 0", "ALMQ 5", "ALMQ 10", "RA 0", "RA 5", "RA 10"]); // prettier-ignore
  const last = outcomes.map(({ runs }) => learningCurve(runs[1]!, 10)[10]!);
  const mean = (last[0]! + last[1]! + last[2]!) / 3;
  const sd = Math.sqrt(last.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2);
  const point = points.at(-1)!;
  ok(Math.abs(point.accuracyMean - mean) < 1e-12 && Math.abs(point.accuracySd! - sd) < 1e-12);
  deepEqual([point.replicates, point.initialPlusBudget], [3, 160]);
  equal(curves(outcomes.slice(0, 1))[0]!.accuracySd, undefined);
  deepEqual(curves([]), []);
});

test("runCurves(runs, settings) takes runs of one method for replicates and draws every batch", () => {
  const runs = [run([[0, 0.5], [1, 0.6], [2, 0.7]]), run([[0, 0.7], [2, 0.9]]), { ...run([[0, 0.4], [1, 0.5]]), method: "RA" }]; // prettier-ignore
  const points = runCurves(runs, { initial: 10, budget: 2, batchBudget: 2 });
  deepEqual(points.map(({ method, initialPlusBudget, replicates }) => [method, initialPlusBudget, replicates]), [["ALMQ", 10, 2], ["ALMQ", 12, 2], ["RA", 10, 1], ["RA", 12, 1]]); // prettier-ignore
  ok(Math.abs(points[1]!.accuracyMean - 0.8) < 1e-12 && Math.abs(points[1]!.accuracySd! - Math.SQRT2 / 10) < 1e-12);
  deepEqual([points[3]!.accuracyMean, points[3]!.accuracySd], [0.5, undefined]);
  throws(() => runCurves(runs, { initial: 10, budget: 1, batchBudget: 1 }), /at most the budget 1 spent/);
});

test("writeCurves(path, points) read back gives the points to six decimals; a wrong file is refused", () => {
  const folder = mkdtempSync(join(tmpdir(), "almq-curves-"));
  const path = join(folder, "curves.csv");
  const points = curves([1, 2].map((number) => syntheticReplicate(number, randomSource(number))));
  writeCurves(path, points);
  const read = readCurves(path);
  equal(read.length, points.length);
  ok(read.every((point, i) => Math.abs(point.accuracyMean - points[i]!.accuracyMean) <= 5e-7 && point.method === points[i]!.method));
  writeFileSync(path, "dataset,method\n");
  throws(() => readCurves(path), /readCurves: expected the columns dataset,method,exploration/);
  rmSync(folder, { recursive: true });
});

test("questionCounts(outcomes) counts the questions of runs that had a choice", () => {
  const outcomes = [1, 2].map((number) => syntheticReplicate(number, randomSource(number)));
  const counts = questionCounts(outcomes);
  deepEqual(counts.map(({ method, question }) => `${method} ${question}`), ["ALMQ Class", "ALMQ All2", "ALMQ Any2"]); // prettier-ignore
  const asked = outcomes.reduce((sum, { runs }) => sum + runs[0]!.records.length - 1, 0) / 2;
  ok(Math.abs(counts.reduce((sum, count) => sum + count.asked, 0) - asked) < 1e-9);
  for (const { asked: all, askedByThird } of counts) ok(Math.abs(askedByThird.reduce((sum, third) => sum + third) - all) < 1e-9);
  equal(counts[0]!.yesShare, undefined);
});

test("publishedCurves, publishedFull and publishedQuestions hold every point of the paper's figures", () => {
  const sizes = { handwriting: 21, har: 11, mnist: 21, animal: 11, tumor: 16 };
  for (const [dataset, steps] of Object.entries(sizes)) {
    const points = publishedCurves(dataset);
    equal(points.length, 13 * steps);
    equal(publishedFull(dataset)!.replicates, 30);
    ok(points.every(({ accuracyMean, replicates }) => accuracyMean > 0.3 && accuracyMean < 1 && replicates === 30));
  }
  equal(publishedQuestions("mnist").length, 12);
  equal(publishedFull("something else"), undefined);
});
