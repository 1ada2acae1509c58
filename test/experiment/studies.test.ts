import assert from "node:assert/strict";
import { test } from "node:test";
import { loadDataset, runName, runReplicate, studies } from "almq";
import { paperStudies } from "../../lib/outcome/paperStudies";

test("studies: sizes, costs and thresholds are those the paper's results are read with", () => {
  for (const { name, initial, budget, batchBudget, strategies } of Object.values(studies)) {
    const published = paperStudies.find(({ study }) => study === name)!;
    const almq = strategies("paper").find((strategy) => strategy.name === "ALMQ")!;
    assert.deepEqual({ initial, budget, batchBudget, offers: almq.offers }, { initial: published.initial, budget: published.budget, batchBudget: published.batchBudget, offers: published.offers });
  }
});

for (const [name, fewer] of [["har", { initial: 30, budget: 4, batchBudget: 2 }], ["mnist", { initial: 20, budget: 2, batchBudget: 1 }]] as const)
  test(`runReplicate(${name}) runs on its stand-in from the given pool to the given test set`, async () => {
    const data = await loadDataset(name, { standIn: true, size: 150 });
    const study = { ...studies[name]!, ...fewer, fit: { ...studies[name]!.fit, epochs: 3 } };
    const methods = ["ALMQ+EE", "RA", "BADGE"];
    const { header, runs } = await runReplicate(study, data, 0, { fidelity: "paper", seed: 1, methods });
    assert.deepEqual(runs.map(runName), methods);
    for (const { records } of runs) {
      assert.ok(records.at(-1)!.spent > fewer.budget - 1 && records.at(-1)!.spent <= fewer.budget + 1e-6);
      for (const { test, pool } of records) assert.ok(test!.accuracy >= 0 && pool.accuracy <= 1);
    }
    assert.ok(header.standIn && header.full!.testAccuracy! > 0);
    const second = await runReplicate(study, data, 1, { fidelity: "paper", seed: 1, methods: ["RA"] });
    assert.equal(second.header.full === undefined, name === "mnist", "the paper draws the first replicate's Full");
  });
