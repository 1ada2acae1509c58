import assert from "node:assert/strict";
import { test } from "node:test";
import { bald, classBalanced, entropy, powerBald, powerSampling, probabilities, randomSource, softmaxSampling, streamTopK, topK, uncertaintyThenCluster } from "almq";
import { vectors } from "../reference/vectors";

test("topK(utilities) takes the best, best first", () => {
  assert.deepEqual(topK([0.2, 0.9, 0.1, 0.5], { batchSize: 3 }, randomSource(7)), Int32Array.of(1, 3, 0));
  assert.deepEqual(topK([0.2, 0.9, 0.1, 0.5], { batchSize: 2, candidates: [2, 0, 3] }, randomSource(7)), Int32Array.of(3, 0));
  assert.deepEqual(topK([-Infinity, 0, Infinity], { batchSize: 3 }, randomSource(7)), Int32Array.of(2, 1, 0));
});

test("topK(utilities) agrees with sorting, for every size", () => {
  const random = randomSource(2);
  const utilities = Array.from({ length: 200 }, () => random.next());
  const sorted = [...utilities.keys()].sort((a, b) => utilities[b]! - utilities[a]!);
  for (const batchSize of [1, 2, 7, 100, 199, 200]) assert.deepEqual([...topK(utilities, { batchSize }, randomSource(1))], sorted.slice(0, batchSize));
});

test("topK(utilities) lets the seed alone decide between equals, each as likely", () => {
  const counts = [0, 0, 0, 0];
  for (let seed = 0; seed < 8000; seed++) counts[topK([1, 1, 1, 1], { batchSize: 1 }, randomSource(seed))[0]!]!++;
  counts.forEach((count) => assert.ok(Math.abs(count - 2000) < 4.5 * Math.sqrt(8000 * 0.25 * 0.75), counts.join()));
  const forwards = topK([1, 1, 1, 1, 1], { batchSize: 2, candidates: [0, 1, 2, 3, 4] }, randomSource(3));
  assert.deepEqual(topK([1, 1, 1, 1, 1], { batchSize: 2, candidates: [4, 2, 0, 3, 1] }, randomSource(3)), forwards);
});

test("topK(utilities) refuses NaN, an empty pool and a batch larger than the candidates", () => {
  assert.throws(() => topK([0, NaN], { batchSize: 1 }, randomSource(1)), /topK: expected utilities that are numbers, got NaN at sample 1/);
  assert.throws(() => topK([], { batchSize: 1 }, randomSource(1)), /topK: expected a batch size of at most 0/);
  assert.throws(() => topK([1, 2], { batchSize: 2, candidates: [1] }, randomSource(1)), /topK: expected a batch size of at most 1, the number of candidates, got 2/);
});

test("streamTopK(blocks, criterion) finds what topK finds, however the pool is cut", () => {
  const p = Array.from({ length: 50 }, (_, i) => [0.5 + (i % 7) / 20, 0.5 - (i % 7) / 20]);
  const whole = topK(entropy(p), { batchSize: 12 }, randomSource(5));
  for (const size of [1, 7, 50]) {
    const blocks = Array.from({ length: Math.ceil(50 / size) }, (_, b) => p.slice(b * size, (b + 1) * size));
    const { queryIndices, utilities } = streamTopK(blocks, entropy, { batchSize: 12 }, randomSource(5));
    assert.deepEqual(queryIndices, whole);
    assert.deepEqual(utilities, Float64Array.from(whole, (i) => entropy(p)[i]!));
  }
});

test("streamTopK(blocks, …) refuses a batch larger than the pool, and names the sample over all blocks", () => {
  assert.throws(() => streamTopK([[[0.5, 0.5]]], entropy, { batchSize: 2 }, randomSource(1)), /streamTopK: expected a batch size of at most 1, the number of samples, got 2/);
  assert.throws(() => streamTopK([[[1, 0]], [[1, 0]]], () => Float64Array.of(NaN), { batchSize: 1 }, randomSource(1)), /got NaN at sample 0/);
});

test("powerSampling(utilities, { power }) draws ∝ utility^power, without replacement", () => {
  const utilities = [0, 1, 2, 3];
  for (const power of [0, 1, 2]) {
    const counts = [0, 0, 0, 0];
    const runs = 20_000;
    for (let seed = 0; seed < runs; seed++) counts[powerSampling(utilities, { batchSize: 1, power }, randomSource(seed))[0]!]!++;
    const total = utilities.reduce((sum, u) => sum + u ** power, 0);
    counts.forEach((count, i) => {
      const chance = utilities[i]! ** power / total;
      assert.ok(Math.abs(count - runs * chance) <= 4.5 * Math.sqrt(runs * chance * (1 - chance)), `${power}: ${counts.join()}`);
    });
  }
  assert.equal(powerSampling(utilities, { batchSize: 4 }, randomSource(1))[3], 0, "utility 0 comes last");
});

test("softmaxSampling(utilities, { temperature }) draws ∝ exp(utility / temperature)", () => {
  const counts = [0, 0, 0];
  const runs = 20_000;
  for (let seed = 0; seed < runs; seed++) counts[softmaxSampling([0, 1, 2], { batchSize: 1, temperature: 2 }, randomSource(seed))[0]!]!++;
  const weights = [0, 1, 2].map((u) => Math.exp(u / 2));
  const total = weights.reduce((a, b) => a + b);
  counts.forEach((count, i) => {
    const chance = weights[i]! / total;
    assert.ok(Math.abs(count - runs * chance) <= 4.5 * Math.sqrt(runs * chance * (1 - chance)), counts.join());
  });
});

test("powerBald(p) with a large power takes the top of BALD", () => {
  const p = vectors.probabilities_mc;
  assert.deepEqual(powerBald(p, { batchSize: 3, power: 1e6 }, randomSource(1)), topK(bald(p), { batchSize: 3 }, randomSource(1)));
});

test("classBalanced(utilities, p) serves the class with the fewest labels, and there the highest utility", () => {
  const p = [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.2, 0.8], [0.1, 0.9]];
  const batch = classBalanced([0.3, 0.5, 0.4, 0.1, 0.2], p, { batchSize: 5, labeledPerClass: [0, 2] }, randomSource(1));
  assert.deepEqual([...batch.slice(0, 2)], [1, 2]);
  assert.deepEqual([...batch.slice(2)].sort(), [0, 3, 4]);
});

test("uncertaintyThenCluster(utilities, features) spreads over the useful samples and leaves the outlier", () => {
  const features = [[0], [0.1], [5], [5.1], [99]];
  const batch = uncertaintyThenCluster([0.9, 0.8, 0.9, 0.8, 0], features, { batchSize: 2, factor: 2 }, randomSource(7));
  assert.deepEqual([...batch].sort(), [0, 2]);
  assert.throws(() => uncertaintyThenCluster([0.9], features, { batchSize: 1 }, randomSource(7)), /uncertaintyThenCluster: expected features of 1 samples, got 5/);
});

test("Samplers refuse utilities that are none, by sample", () => {
  const bad = probabilities(Float64Array.of(0.5, 0.5), { samples: 1, classes: 2 });
  assert.throws(() => powerSampling([1, -1], { batchSize: 1 }, randomSource(1)), /powerSampling: expected finite utilities of at least 0, got -1 at sample 1/);
  assert.throws(() => softmaxSampling([1, Infinity], { batchSize: 1 }, randomSource(1)), /softmaxSampling: expected finite utilities, got .* at sample 1/);
  assert.throws(() => classBalanced([1, 2], bad, { batchSize: 1 }, randomSource(1)), /classBalanced: expected utilities of 1 samples, got 2/);
});
