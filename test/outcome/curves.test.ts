import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  batchSteps, curves, explorationDifferences, finalAccuracies, learningCurve, publishedCurves, publishedFull, publishedQuestions, questionColumns, questionCounts, randomSource,
  readCurves, readQuestions, replicateCurves, runCurves, writeCurves, writeQuestions, type OutcomeRecord,
} from "almq"; // prettier-ignore
import { syntheticReplicate } from "./syntheticStudy";

const values = (accuracy: number) => ({ accuracy, crossEntropy: 0, entropy: 0, variance: 0, leastConfidence: 0 });
const run = (points: readonly (readonly [number, number])[]) => ({
  method: "ALMQ",
  exploration: true,
  records: points.map(([spent, accuracy], step): OutcomeRecord => ({ step, spent, pool: values(0), test: values(accuracy) })),
});
const stopped = { by: "budget", because: "nothing else can be paid" };

test("learningCurve(run, budget) averages what was spent in (b − 1, b] and repeats where nothing was", () => {
  const curve = learningCurve({ ...run([[0, 0.5], [0.4, 0.6], [1, 0.8], [1.2, 0.7], [3.5, 0.9]]), stopped }, 5); // prettier-ignore
  deepEqual(Array.from(curve, (value) => Number(value.toFixed(12))), [0.5, 0.7, 0.7, 0.7, 0.9, 0.9]); // prettier-ignore
});

test("learningCurve(run, budget) of a run that has not ended goes as far as the last whole budget it has spent", () => {
  const made = run([[0, 0.5], [1, 0.8], [2.2, 0.7], [3.5, 0.9]]); // prettier-ignore
  deepEqual([...learningCurve(made, 5)], [0.5, 0.8, 0.8, 0.7]);
  deepEqual([...learningCurve(run([[0, 0.5], [0.9, 0.6]]), 5)], [0.5]); // prettier-ignore
  equal(learningCurve(run([[0, 0.5], [5, 0.6]]), 5).length, 6, "the whole budget is spent"); // prettier-ignore
  equal(learningCurve({ ...made, stopped }, 5).length, 6);
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
  const runs = [run([[0, 0.5], [1, 0.6], [2, 0.7]]), run([[0, 0.7], [2, 0.9]]), { ...run([[0, 0.4], [1, 0.5]]), method: "RA", stopped }]; // prettier-ignore
  const points = runCurves(runs, { initial: 10, budget: 2, batchBudget: 2 });
  deepEqual(points.map(({ method, initialPlusBudget, replicates }) => [method, initialPlusBudget, replicates]), [["ALMQ", 10, 2], ["ALMQ", 12, 2], ["RA", 10, 1], ["RA", 12, 1]]); // prettier-ignore
  ok(Math.abs(points[1]!.accuracyMean - 0.8) < 1e-12 && Math.abs(points[1]!.accuracySd! - Math.SQRT2 / 10) < 1e-12);
  deepEqual([points[3]!.accuracyMean, points[3]!.accuracySd], [0.5, undefined]);
  throws(() => runCurves(runs, { initial: 10, budget: 1, batchBudget: 1 }), /at most the budget 1 spent/);
});

test("runCurves(runs, settings) draws runs that are still going on as far as they have come, each point with its own number of replicates", () => {
  const runs = [run([[0, 0.5], [1, 0.6], [2, 0.7]]), run([[0, 0.7], [1.3, 0.9]]), { ...run([[0, 0.4]]), method: "RA" }]; // prettier-ignore
  const points = runCurves(runs, { initial: 10, budget: 2, batchBudget: 1 });
  deepEqual(points.map(({ method, budget, replicates }) => [method, budget, replicates]), [["ALMQ", 0, 2], ["ALMQ", 1, 2], ["ALMQ", 2, 1], ["RA", 0, 1]]); // prettier-ignore
  deepEqual([points[2]!.accuracyMean, points[2]!.accuracySd], [0.7, undefined]);
});

/** Replicates of which the first has lost the second half of its run of ALMQ. */
function oneCut(numbers: readonly number[]) {
  return numbers.map((number, i) => {
    const made = syntheticReplicate(number, randomSource(number));
    const { stopped: _, records, ...run } = made.runs[0]!;
    return i > 0 ? made : { ...made, runs: [{ ...run, records: records.filter(({ spent }) => spent < 6) }, ...made.runs.slice(1)] };
  });
}

test("curves(outcomes) counts a run that was cut as far as it goes, and carries nothing on", () => {
  const outcomes = oneCut([1, 2, 3]);
  const counted = (method: string) => curves(outcomes).filter((point) => point.method === method).map(({ budget, replicates }) => [budget, replicates]);
  deepEqual(counted("ALMQ"), [[0, 3], [5, 3], [10, 2]]); // prettier-ignore
  deepEqual(counted("RA"), [[0, 3], [5, 3], [10, 3]]); // prettier-ignore
  deepEqual(curves(outcomes)[2], curves(oneCut([1, 2, 3]).slice(1))[2], "at the end it is as if the replicate were not there");
  deepEqual(curves(outcomes.slice(0, 1)).filter(({ method }) => method === "ALMQ").map(({ budget }) => budget), [0, 5]); // prettier-ignore
});

test("replicateCurves(outcomes) and questionCounts(outcomes) leave out runs that were cut; explorationDifferences pairs as far as both go", () => {
  const outcomes = oneCut([1, 2, 3]);
  deepEqual(replicateCurves(outcomes).map(({ method, replicates }) => [method, replicates]), [["RA", [1, 2, 3]], ["ALMQ", [2, 3]]]); // prettier-ignore
  deepEqual(questionCounts(outcomes), questionCounts(outcomes.slice(1)));
  deepEqual(replicateCurves(outcomes.slice(0, 1)).map(({ method }) => method), ["RA"]); // prettier-ignore
  const twins = outcomes.map((made, i) => ({ ...made, runs: [...made.runs, { ...syntheticReplicate(i, randomSource(i)).runs[0]!, exploration: false }] }));
  deepEqual(explorationDifferences(twins).map(({ budget, replicates }) => [budget, replicates]), [[0, 3], [5, 3], [10, 2]]); // prettier-ignore
  deepEqual(explorationDifferences(outcomes), [], "no method ran both ways");
});

test("replicateCurves(outcomes) counts a model of a method that chooses whole batches from the last of its batch on", () => {
  const { header } = syntheticReplicate(0, randomSource(1));
  const rows = (method: string, accuracies: readonly number[]) => ({ ...run(accuracies.map((accuracy, spent) => [spent, accuracy])), method, exploration: false, stopped });
  const labels = header.offers.RA!;
  const outcome = { header: { ...header, settings: { initial: 1, budget: 5, batchBudget: 2 }, offers: { BADGE: labels, RA: labels, ALMQ: header.offers["ALMQ+EE"]! } } };
  const early = [0.1, 0.3, 0.3, 0.5, 0.5, 0.6];
  const onTime = [0.1, 0.1, 0.3, 0.3, 0.5, 0.6];
  const made = replicateCurves([{ ...outcome, runs: [rows("BADGE", early), rows("RA", onTime), rows("ALMQ", early)] }]);
  deepEqual(made.map(({ values: [curve] }) => [...curve!]), [onTime, onTime, early]); // prettier-ignore
});

test("finalAccuracies(curves, published) sets beside an accuracy what is published at the same budget", () => {
  const point = (budget: number, accuracyMean: number) => ({ dataset: "d", method: "RA", exploration: false, budget, initialPlusBudget: budget, accuracyMean, replicates: 2 });
  const published = [point(0, 0.5), point(5, 0.7), point(10, 0.8)];
  const row = (curve: ReturnType<typeof point>[]) => finalAccuracies(curve, published)[0]!;
  deepEqual([row([point(5, 0.75)]).published, row([point(10, 0.75)]).published, row([]).published], [0.7, 0.8, 0.8]);
  deepEqual([row([point(7, 0.75)]).published, row([point(7, 0.75)]).difference, row([point(7, 0.75)]).budget], [undefined, undefined, 7]);
});

test("writeQuestions(path, counts) read back gives the counts as they are printed; a wrong file is refused", () => {
  const folder = mkdtempSync(join(tmpdir(), "almq-questions-"));
  const path = join(folder, "questions.csv");
  const published = publishedQuestions("mnist");
  writeQuestions(path, published);
  deepEqual(readQuestions(path), published);
  writeFileSync(path, `${questionColumns.join(",")}\nmnist,ALMQ,on,All2,30,many,1,0.5,1,1,1\n`);
  throws(() => readQuestions(path), /readQuestions: expected a number, got many at .*questions\.csv, line 2/);
  writeFileSync(path, "dataset,method\n");
  throws(() => readQuestions(path), /readQuestions: expected the columns dataset,method,exploration/);
  rmSync(folder, { recursive: true });
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
