import assert from "node:assert/strict";
import { test } from "node:test";
import { datasetEntry, publishedCurves, runName, runReplicate, studyNamed, loadDataset, learningCurve } from "almq";
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
