import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { activeLearning, bald, classOffer, entropy, inMemory, labeled, labelOracle, loadPool, logistic, mostUseful, randomSource, topK, type Samples, type Strategy } from "almq";
import { poolView } from "../../lib/selection/poolView";
import { writeTable } from "../dataset/pool/tableFile";

const folder = mkdtempSync(join(tmpdir(), "almq-loop-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const rows = 20_000;
const classes = 3;
const features = Array.from({ length: 4 }, (_, j) => `(hash(i * 4 + ${j}) % 1000) / 1000 + (i % ${classes} = ${j})::INT AS f${j}`);
const pool = writeTable(join(folder, "pool.parquet"), `SELECT 'row ' || i AS id, ${features.join(", ")} FROM range(${rows}) t(i)`).then((path) => loadPool(path, { id: "id" }));
const labels = Int32Array.from({ length: rows }, (_, i) => i % classes);

const run = (samples: Samples, strategy: Strategy) => {
  const random = randomSource(5);
  const classifier = logistic({ inputs: 4, classes, random });
  return activeLearning({
    pool: samples, labels, classifier, oracle: labelOracle(labels, classes), strategy, budget: 40, batchBudget: 20, random,
    initial: [0, 1, 2, 3, 4, 5].map((sample) => labeled(sample, labels[sample]!)), fit: { epochs: 20, batchSize: 8, learningRate: 0.05, fidelity: "corrected" },
  }); // prettier-ignore
};

test("activeLearning({ pool }) asks and records the same of a pool on disk as of one in memory", async () => {
  const { samples } = await pool;
  const strategy = mostUseful(bald, { name: "BALD", draws: 8 });
  assert.deepEqual(await run(samples, strategy), await run(inMemory(samples), strategy));
});

test("mostUseful(criterion) looks in blocks and chooses what topK chooses of all utilities at once", async () => {
  const { samples } = await pool;
  const whole: Strategy = {
    name: "BALD", offers: [classOffer({ cost: 1, threshold: 0 })], draws: 8,
    searchBatch: (view, candidates, batchSize, random) => topK(bald(view.draws), { batchSize, candidates }, random),
  }; // prettier-ignore
  const atOnce = await run(samples, whole);
  for (const block of [999, 8192, rows]) assert.deepEqual(await run(samples, mostUseful(bald, { name: "BALD", draws: 8, block })), atOnce);
});

test("mostUseful(criterion) lets the seed decide among equals, wherever blocks end", () => {
  const view = poolView(logistic({ inputs: 1, classes: 2, random: randomSource(1) }), { count: 100, shape: [1], read: (indices, out) => void out.fill(1, 0, indices.length) }, [], 0, randomSource(2));
  const everyone = Int32Array.from({ length: 100 }, (_, i) => i);
  const chosen = (block: number, seed: number) => [...Array.from(mostUseful(entropy, { name: "EN", draws: 0, block }).searchBatch!(view, everyone, 5, randomSource(seed)))];
  assert.deepEqual(chosen(7, 1), chosen(100, 1));
  assert.notDeepEqual(chosen(7, 1), chosen(7, 2));
});
