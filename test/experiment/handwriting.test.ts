import assert from "node:assert/strict";
import { test } from "node:test";
import { curves, datasetEntry, outcomesFolder, pairedTest, publishedCurves, publishedQuestions, questionCounts, readCurves, readOutcomes, replicateCurves, runName, runReplicate, studyNamed, loadDataset, learningCurve } from "almq";
import { findFiles } from "../../lib/dataset/registry/datasetFolder";

const here = findFiles(datasetEntry("handwriting", "test")) !== undefined;

test("the handwriting study: two replicates on UCI's digits end within 4 sd of the published means", { skip: here ? false : "UCI's digits are not on this machine" }, async () => {
  const data = await loadDataset("handwriting");
  assert.equal(data.standIn, false);
  const published = publishedCurves("handwriting").filter(({ budget }) => budget === 100);
  for (const replicate of [0, 1]) {
    const { runs } = await runReplicate(studyNamed("handwriting"), data, replicate, { fidelity: "paper", seed: 1 });
    assert.equal(runs.length, 13);
    for (const run of runs) {
      const { accuracyMean, accuracySd } = published.find(({ method, exploration }) => method === run.method && exploration === run.exploration)!;
      const final = learningCurve(run, 100).at(-1)!;
      assert.ok(Math.abs(final - accuracyMean) <= 4 * accuracySd!, `${runName(run)}: ${final}, published ${accuracyMean} ± ${accuracySd}`);
    }
  }
});

test("outcomes/handwriting/paper: thirty replicates lie where the paper's curves lie, and ALMQ above every other method", () => {
  const { outcomes, losses } = readOutcomes(`${outcomesFolder}/handwriting/paper`);
  assert.deepEqual([outcomes.length, losses], [30, []]);
  const points = curves(outcomes);
  const published = publishedCurves("handwriting");
  for (const { method, exploration, budget, accuracyMean } of points) {
    const off = accuracyMean - published.find((point) => point.method === method && point.exploration === exploration && point.budget === budget)!.accuracyMean;
    const allowed = budget === 100 ? 0.006 : budget >= 20 ? 0.012 : 0.02;
    assert.ok(Math.abs(off) <= allowed, `${runName({ method, exploration })} at ${budget}: off by ${off}`);
  }
  const at = (name: string, budget: number) => points.find((point) => runName(point) === name && point.budget === budget)!.accuracyMean;
  for (let budget = 60; budget <= 100; budget += 5)
    for (const other of ["BALD+EE", "EN+EE", "VAR+EE", "LC+EE", "RA+EE", "BADGE"]) assert.ok(at("ALMQ+EE", budget) > at(other, budget), `${other} at ${budget}`);
  assert.ok(at("RA+EE", 100) > at("RA", 100) && at("BALD+EE", 100) > at("BALD", 100), "exploration helps RA and BALD, as published");
  const ends = (name: string) => replicateCurves(outcomes).find((run) => runName(run) === name)!.values.map((curve) => curve.at(-1)!);
  assert.ok(pairedTest(ends("ALMQ+EE"), ends("RA+EE")).interval[0] > 0.01, "ALMQ is better than labeling at random by more than a percent");
});

test("outcomes/handwriting/paper: ALMQ asked each kind of question as often as in the paper's results", () => {
  const counts = questionCounts(readOutcomes(`${outcomesFolder}/handwriting/paper`).outcomes);
  for (const { question, exploration, asked, askedSd } of publishedQuestions("handwriting")) {
    const ours = counts.find((count) => count.question === question && count.exploration === exploration)!;
    const error = Math.hypot(askedSd!, ours.askedSd!) / Math.sqrt(30); // of the difference of two means of 30
    assert.ok(Math.abs(ours.asked - asked) <= 4 * error, `${question}: ${ours.asked}, published ${asked} ± ${error}`);
  }
});

test("outcomes/handwriting: curves.csv is what the replicates give", () => {
  for (const fidelity of ["paper", "corrected"]) {
    const folder = `${outcomesFolder}/handwriting/${fidelity}`;
    const rounded = curves(readOutcomes(folder).outcomes).map((point) => ({ ...point, accuracyMean: Number(point.accuracyMean.toFixed(6)), accuracySd: Number(point.accuracySd!.toFixed(6)) }));
    assert.deepEqual(readCurves(`${folder}/curves.csv`), rounded);
  }
});
