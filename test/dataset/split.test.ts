import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { balancedInitialSet, floatSamples, part, randomInitialSet, randomSource, split } from "almq";

const numbered = (labels: readonly number[]) => ({
  samples: floatSamples(Float32Array.from(labels.keys()), [1]),
  labels: Int32Array.from(labels),
});
const tally = (labels: Iterable<number>) => {
  const counts: number[] = [];
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
};

test("split(data, { testShare, random }) puts every sample in one part, with its own label", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 10, maxLength: 60 }), fc.boolean(), fc.integer(), (labels, stratified, seed) => {
      const { pool, test } = split(numbered(labels), { testShare: 0.3, stratified, random: randomSource(seed) });
      assert.deepEqual([...pool.indices, ...test.indices].sort((a, b) => a - b), [...labels.keys()]);
      for (const { indices, samples, labels: own } of [pool, test]) {
        const values = new Float32Array(samples.count);
        samples.read([...Array(samples.count).keys()], values);
        assert.deepEqual([...values], [...indices]);
        assert.deepEqual([...own], [...indices].map((index) => labels[index]));
      }
    }),
  );
});

test("split(data, { testShare, random }) rounds the pool's share down and follows the seed", () => {
  const data = numbered(Array.from({ length: 5620 }, (_, i) => i % 10));
  const draw = (seed: number) => split(data, { testShare: 0.2, random: randomSource(seed) });
  assert.equal(draw(1).test.labels.length, 1124);
  assert.equal(split(numbered(Array<number>(7).fill(0)), { testShare: 0.2, random: randomSource(1) }).pool.labels.length, 5);
  assert.equal(split(numbered(Array<number>(10).fill(0)), { testShare: 0.3, random: randomSource(1) }).pool.labels.length, 7);
  assert.deepEqual([...draw(1).test.indices], [...draw(1).test.indices]);
  assert.notDeepEqual([...draw(1).test.indices], [...draw(2).test.indices]);
});

test("split(data, { stratified: true }) draws the share from every class", () => {
  const labels = [...Array<number>(100).fill(0), ...Array<number>(50).fill(1), ...Array<number>(10).fill(2)];
  const { test } = split(numbered(labels), { testShare: 0.2, stratified: true, random: randomSource(3) });
  assert.deepEqual(tally(test.labels), [20, 10, 2]);
});

test("split(data, { testShare }) refuses a share that leaves a part empty", () => {
  for (const testShare of [0, 1, -0.2, NaN, 2]) assert.throws(() => split(numbered([0, 1]), { testShare, random: randomSource(1) }), { name: "InputError" });
  assert.throws(() => split(numbered([0]), { testShare: 0.1, random: randomSource(1) }), /expected a sample in each part, got 0 and 1 of 1/);
});

test("split(data, { stratified: true }) refuses samples without a label", () => {
  assert.throws(() => split(numbered([0, -1, 1]), { testShare: 0.5, stratified: true, random: randomSource(1) }), /expected a class index of at least 0, got -1 at sample 1/);
});

test("part(data, indices) is the samples at those indices in ascending order", () => {
  const chosen = part(numbered([5, 6, 7, 8]), [3, 1]);
  assert.deepEqual([[...chosen.indices], [...chosen.labels]], [[1, 3], [6, 8]]);
});

test("balancedInitialSet(labels, size, random) takes equally many of every class, the rest at random, none twice", () => {
  const labels = Array.from({ length: 90 }, (_, i) => (i < 60 ? 0 : i < 80 ? 1 : 2));
  for (let seed = 0; seed < 20; seed++) {
    const chosen = balancedInitialSet(labels, 11, randomSource(seed));
    assert.equal(new Set(chosen).size, 11);
    assert.deepEqual(tally(chosen.map((i) => labels[i]!)).sort(), [3, 4, 4]);
  }
});

test("balancedInitialSet(labels, size, random) names the class that has too few samples", () => {
  assert.throws(() => balancedInitialSet([0, 0, 0, 1], 4, randomSource(1)), /expected 2 samples of every class, got 1 at class 1/);
  assert.throws(() => balancedInitialSet([0, 1], 3, randomSource(1)), /expected a size from 1 to 2, got 3/);
});

test("balancedInitialSet(labels, size, random) takes what is left over from classes that have more, whatever the seed", () => {
  const firsts = new Set<number>();
  for (let seed = 0; seed < 100; seed++) {
    const chosen = balancedInitialSet([0, 0, 0, 1, 1, 1, 2], 4, randomSource(seed));
    const [zeros, ones, twos] = tally(chosen.map((i) => [0, 0, 0, 1, 1, 1, 2][i]!));
    assert.deepEqual([zeros! + ones!, twos], [3, 1]);
    firsts.add(zeros!);
  }
  assert.deepEqual([...firsts].sort(), [1, 2]);
  assert.deepEqual(balancedInitialSet([0, 5], 1, randomSource(1)).length, 1); // classes without samples give none
  assert.throws(() => balancedInitialSet([0, 0, 0, 1, 2], 5, randomSource(1)), /expected 2 classes of at least 2 samples, got 1$/);
});

test("balancedInitialSet(labels, size, random) draws what it always drew from classes that have enough", () => {
  const labels = Array.from({ length: 30 }, (_, i) => i % 3);
  assert.deepEqual(balancedInitialSet(labels, 5, randomSource(7)), [22, 12, 7, 21, 17]);
});

test("balancedInitialSet and split({ stratified }) refuse a label that can be no class", () => {
  const message = /indicesByClass: expected a class index below 1048576, got 134217728 at sample 1/;
  assert.throws(() => balancedInitialSet([0, 2 ** 27], 1, randomSource(1)), { name: "InputError", message });
  assert.throws(() => split(numbered([0, 2 ** 27]), { testShare: 0.5, stratified: true, random: randomSource(1) }), { name: "InputError", message });
});

test("split(data, { testShare }) refuses fewer labels than samples, and more", () => {
  for (const labels of [[0, 1], [0, 1, 0, 1]])
    assert.throws(() => split({ ...numbered([0, 1, 0]), labels: Int32Array.from(labels) }, { testShare: 0.5, random: randomSource(1) }), { name: "InputError", message: `split: expected 3 labels for as many samples, got ${labels.length}` });
});

test("randomInitialSet(labels, size, random) takes `size` different samples and refuses more than there are", () => {
  assert.equal(new Set(randomInitialSet([0, 1, 2, 3, 4], 5, randomSource(1))).size, 5);
  for (const size of [0, 6, 1.5, NaN]) assert.throws(() => randomInitialSet([0, 1, 2, 3, 4], size, randomSource(1)), { name: "InputError" });
});
