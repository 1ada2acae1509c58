import assert from "node:assert/strict";
import { test } from "node:test";
import { batchBald, jointMutualInformation, probabilities, randomSource, type Probabilities } from "almq";
import { vectors } from "../../reference/vectors";

const draws = vectors.probabilities_mc;

function randomDraws(samples: number, classes: number, count: number, seed: number): Probabilities {
  const random = randomSource(seed);
  const values = new Float64Array(samples * classes * count);
  for (let i = 0; i < samples; i++)
    for (let k = 0; k < count; k++) {
      const weights = Array.from({ length: classes }, () => Math.exp(1.5 * random.normal()));
      const sum = weights.reduce((a, b) => a + b);
      weights.forEach((weight, l) => (values[(i * classes + l) * count + k] = weight / sum));
    }
  return probabilities(values, { samples, classes, draws: count });
}

/** Greedy search that looks at every candidate, with the joint distribution enumerated. */
function plainGreedy(p: Probabilities, batchSize: number): number[] {
  const batch: number[] = [];
  while (batch.length < batchSize) {
    const gains = Array.from({ length: p.samples }, (_, i) => (batch.includes(i) ? -1 : jointMutualInformation(p, [...batch, i])));
    batch.push(gains.indexOf(Math.max(...gains)));
  }
  return batch;
}

test("batchBald(p) picks what a greedy search over all joint informations picks", () => {
  assert.deepEqual([...batchBald(draws, { batchSize: 4 }, randomSource(1))], plainGreedy(probabilities(Float64Array.from(draws.flat(2)), { samples: 14, classes: 4, draws: 7 }), 4));
  for (const seed of [1, 2, 3]) {
    const p = randomDraws(40, 3, 8, seed);
    assert.deepEqual([...batchBald(p, { batchSize: 5 }, randomSource(seed))], plainGreedy(p, 5));
  }
});

test("batchBald(p) does not ask the same thing twice, as the top of BALD does", () => {
  const p = [...Array.from({ length: 3 }, () => [[0.99, 0.99, 0.01, 0.01], [0.01, 0.01, 0.99, 0.99]]), [[0.9, 0.1, 0.9, 0.1], [0.1, 0.9, 0.1, 0.9]]];
  const [first, second] = batchBald(p, { batchSize: 2 }, randomSource(1));
  assert.ok(first! < 3);
  assert.equal(second, 3);
});

test("jointMutualInformation(p, samples, { jointSamples }) is unbiased, and exact while outcomes fit", () => {
  const p = randomDraws(6, 4, 6, 9);
  const samples = [0, 1, 2, 3, 4, 5];
  const exact = jointMutualInformation(p, samples);
  assert.equal(jointMutualInformation(p, samples, { jointSamples: 4 ** 6 }), exact);
  const runs = 200;
  const estimates = Array.from({ length: runs }, (_, run) => jointMutualInformation(p, samples, { jointSamples: 100 }, randomSource(run)));
  const mean = estimates.reduce((a, b) => a + b) / runs;
  const error = Math.sqrt(estimates.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs - 1) / runs);
  assert.ok(error > 0 && Math.abs(mean - exact) < 4 * error, `mean ${mean} ± ${error}, exact ${exact}`);
});

test("batchBald(p, { jointSamples }) beyond what fits still finds nearly the best batch", () => {
  const p = randomDraws(60, 4, 8, 4);
  const information = (batch: ArrayLike<number>) => jointMutualInformation(p, batch);
  const best = information(batchBald(p, { batchSize: 6 }, randomSource(1)));
  const coarse = information(batchBald(p, { batchSize: 6, jointSamples: 64 }, randomSource(1)));
  assert.ok(coarse > 0.98 * best && coarse <= best * 1.02, `${coarse} of ${best}`);
});

test("batchBald(p) refuses one draw, a batch larger than the pool, and no joint samples", () => {
  assert.throws(() => batchBald([[0.5, 0.5]], { batchSize: 1 }, randomSource(1)), /batchBald: expected at least two draws, got 1/);
  assert.throws(() => batchBald(draws, { batchSize: 15 }, randomSource(1)), /batchBald: expected a batch size of at most 14/);
  assert.throws(() => batchBald(draws, { batchSize: 2, jointSamples: 0 }, randomSource(1)), /batchBald: expected at least one joint sample, got 0/);
  assert.throws(() => jointMutualInformation(draws, [0, 1], { jointSamples: 3 }), /expected a random source to sample outcomes with, got none/);
});
