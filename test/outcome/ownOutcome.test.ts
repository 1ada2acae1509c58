import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { atRandom, labelStrategy, ownOutcome, prepareOutcomeFolder, readOutcomes, writeOutcome, type OwnStudy, type RunOutcome } from "almq";

const metrics = { accuracy: 0.5, crossEntropy: 0.7, entropy: 0.6, variance: 0.4, leastConfidence: 0.5 };
const runOf = (method: string): RunOutcome => ({
  method,
  exploration: false,
  records: [
    { step: 0, spent: 0, pool: metrics, test: metrics },
    { step: 1, spent: 1, question: { kind: "class", samples: [7] }, answer: 2, pool: metrics, test: metrics },
  ],
});
const own: OwnStudy = {
  study: "mine",
  data: { name: "flowers", source: "flowers drawn by hand", standIn: true },
  seed: 3,
  settings: { initial: 10, budget: 1, batchBudget: 1 },
  strategies: [labelStrategy("RA", 0, atRandom), labelStrategy("MINE", 0, atRandom)],
};

test("ownOutcome(runs, own) can be written, read back the same, and counts as whole", () => {
  const folder = mkdtempSync(join(tmpdir(), "almq-own-"));
  try {
    const runs = [runOf("RA"), runOf("MINE")];
    const made = [0, 1].map((replicate) => ownOutcome(runs, { ...own, replicate }));
    for (const outcome of made) writeOutcome(folder, outcome);
    const { outcomes, losses } = readOutcomes(folder);
    assert.deepEqual(losses, []);
    assert.deepEqual(outcomes.map(({ runs }) => runs), [runs, runs]);
    assert.deepEqual(outcomes.map(({ header }) => [header.study, header.seed, header.replicate, header.source]), [["mine", 3, 0, own.data.source], ["mine", 3, 1, own.data.source]]);
    assert.ok(outcomes[0]!.header.versions.almq && outcomes[0]!.header.backend);
    assert.deepEqual(prepareOutcomeFolder(folder, made[0]!.header), [0, 1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("ownOutcome(runs, own) refuses a run whose strategy it is not told, and two runs of one name", () => {
  assert.throws(() => ownOutcome([runOf("LC")], own), /ownOutcome: expected the strategy of every run, got \["RA","MINE"\] at LC/);
  assert.throws(() => ownOutcome([runOf("RA"), runOf("RA")], own), /ownOutcome: expected every method once, .* at RA/);
});
