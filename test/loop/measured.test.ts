import assert from "node:assert/strict";
import { test } from "node:test";
import { activeLearning, allOffer, almqStrategy, bald, gaussianClasses, labeled, labelOracle, labelStrategy, atRandom, logistic, metrics, mostUseful, randomPart, randomSource, type LearnedBatch, type OpenRun, type OutcomeRecord, type Run, type Samples, type Strategy } from "almq";

const world = gaussianClasses([{ name: "one", count: 900, mean: [0, 0], sd: 1 }, { name: "two", count: 900, mean: [3, 0], sd: 1 }], {}, randomSource(3));
const strategy = mostUseful(bald, { name: "BALD", draws: 8 });
const fit = { epochs: 20, batchSize: 8, learningRate: 0.05, fidelity: "corrected" } as const;

const runOf = ({ samples: pool, labels }: { samples: Samples; labels: Int32Array }, change: Partial<Run> = {}): Run => {
  const random = randomSource(5);
  const initial = [0, 1, 2, 3].map((i) => i * (pool.count >> 2)).map((sample) => labeled(sample, labels[sample]!));
  return { pool, labels, classifier: logistic({ inputs: 2, classes: 2, random }), oracle: labelOracle(labels, 2), strategy, budget: 30, batchBudget: 10, random, initial, fit, ...change };
};
const withoutPool = (records: readonly OutcomeRecord[]) => records.map(({ pool: _, ...record }) => record);

/** The pool, and the rows that were read of it. */
function watched(samples: Samples): Samples & { rows: Set<number> } {
  const rows = new Set<number>();
  const read: Samples["read"] = (indices, out) => {
    for (const row of Array.from(indices)) rows.add(row);
    samples.read(indices, out);
  };
  return { ...samples, rows, read };
}

test("activeLearning({ measured }) asks and answers the same, and measures what it says: the same number of samples, drawn once", async () => {
  const whole = await activeLearning(runOf(world));
  const run = runOf(world, { measured: 100 });
  const { records } = await activeLearning(run);
  assert.deepEqual(withoutPool(records), withoutPool(whole.records));
  const predicted = run.classifier.predict(world.samples).probabilities;
  const right = Math.round(100 * records.at(-1)!.pool.accuracy);
  assert.ok(Math.abs(100 * records.at(-1)!.pool.accuracy - right) < 1e-9, "a share of a hundred");
  assert.ok(Math.abs(records.at(-1)!.pool.accuracy - metrics(predicted, world.labels).accuracy) < 0.1);
  for (const measured of [1800, 5000]) assert.deepEqual((await activeLearning(runOf(world, { measured }))).records, whole.records);
});

test("activeLearning({ measured }) with a filter reads what is measured, looked at and learned from, and no more of the pool", async () => {
  const samples = watched(world.samples);
  const looked = new Set<number>();
  const part = randomPart(0.05);
  const filtered = mostUseful(bald, { name: "BALD", draws: 8, filter: (...given) => part(...given).map((sample) => (looked.add(sample), sample)) });
  const seen: LearnedBatch[] = [];
  const { records } = await activeLearning(runOf({ ...world, samples }, { strategy: filtered, measured: 50, onBatch: (batch) => void seen.push(batch) }));
  assert.equal(records.length, 31);
  const others = [...samples.rows].filter((row) => !looked.has(row));
  assert.ok(others.length <= 50 + 4 && others.length > 40, `${others.length}`);
  for (const { probabilities, states } of seen) {
    assert.equal(probabilities.samples, 50);
    for (const { predicted, unasked } of states) assert.ok(predicted.length === 50 && unasked.count <= 50 && unasked.count > 40);
  }
  assert.deepEqual((await activeLearning(runOf(world, { strategy: mostUseful(bald, { name: "BALD", draws: 8, filter: part }), measured: 50 }))).records, records);
});

test("activeLearning({ measured }) expects the answers that a look at the whole pool expects", async () => {
  const yesNo: Strategy = { ...almqStrategy({ all: [0.27, 0.32, 0.34], any: [0.28, 0.29] }, "corrected"), offers: [allOffer({ size: 2, cost: 0.3, threshold: 0 })] };
  for (const each of [strategy, labelStrategy("RA", 0, atRandom), yesNo]) {
    const expected = async (measured?: number) => {
      const seen: unknown[] = [];
      const change: Partial<Run> = { strategy: each, budget: 6, batchBudget: 2, onBatch: ({ asked }) => void seen.push(asked), ...(measured !== undefined && { measured }) };
      await activeLearning(runOf(world, change));
      return seen;
    };
    assert.deepEqual(await expected(64), await expected());
  }
});

test("activeLearning({ measured, stopWhen }) keeps nothing of the size of a large pool", async () => {
  const large = 200_000; // more than is measured as a whole
  const labels = Int32Array.from({ length: large }, (_, i) => i % 2);
  const samples: Samples = { count: large, shape: [2], read: (rows, out) => Array.from(rows).forEach((row, i) => out.set([(row % 2) + (row % 7) / 10, (row % 11) / 10], 2 * i)) };
  const sizes: number[] = [];
  const { records } = await activeLearning(
    runOf({ samples, labels }, { strategy: mostUseful(bald, { name: "BALD", draws: 4, filter: randomPart(0.001) }), measured: 500, stopWhen: (states) => (sizes.push(...states.map(({ predicted }) => predicted.length)), undefined) }),
  );
  assert.equal(records.length, 31);
  assert.deepEqual(new Set(sizes), new Set([500]));
});

test("activeLearning({ measured }) refuses less than a sample, and a checkpoint of a run that measured otherwise", async () => {
  for (const measured of [0, -1, 1.5, NaN]) await assert.rejects(activeLearning(runOf(world, { measured })), /at least 1 measured sample/);
  let state: ReturnType<NonNullable<OpenRun["checkpoint"]>["read"]>;
  const checkpoint: NonNullable<OpenRun["checkpoint"]> = { read: () => state, write: (written) => void (state = structuredClone(written)) };
  await activeLearning(runOf(world, { measured: 50, checkpoint }));
  await assert.rejects(activeLearning(runOf(world, { measured: 51, checkpoint })), /measured/);
});
