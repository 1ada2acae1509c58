import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { floatSamples, inMemory, randomSource, shrinkImages, standardize, subset } from "almq";
import { read } from "./read";

const numbered = (count: number, width: number) => floatSamples(Float32Array.from({ length: count * width }, (_, i) => i), [width]);

test("floatSamples(values, shape).read(indices, out) writes rows in the order asked for, repeats allowed", () => {
  assert.deepEqual(read(numbered(3, 2), [2, 0, 2]), [4, 5, 0, 1, 4, 5]);
});

test("floatSamples(values, shape) refuses values that do not fill whole samples, and shapes that are none", () => {
  assert.throws(() => floatSamples(new Float32Array(5), [2]), /expected whole samples of 2 values, got 5 values/);
  for (const shape of [[], [0], [1.5], [-2, 3]]) assert.throws(() => floatSamples(new Float32Array(6), shape), { name: "InputError" });
});

test("Samples.read(indices, out) refuses an index that is not one of a sample", () => {
  for (const wrong of [3, -1, 0.5, NaN])
    assert.throws(() => read(numbered(3, 2), [0, wrong]), /Samples.read: expected an index from 0 to 2, got .* at position 1/);
});

test("subset(samples, indices) reads as the samples do at those indices, also when taken twice", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(19), { minLength: 1 }), fc.array(fc.nat(1000), { minLength: 1 }), (first, wanted) => {
      const once = subset(numbered(20, 3), first);
      const second = wanted.map((place) => place % first.length);
      const twice = subset(once, second);
      assert.deepEqual(read(twice, [...second.keys()]), read(numbered(20, 3), second.map((place) => first[place]!)));
    }),
  );
});

test("subset(samples, indices) refuses indices outside the samples, and reading outside itself", () => {
  assert.throws(() => subset(numbered(3, 2), [0, 3]), /subset: expected an index from 0 to 2, got 3 at position 1/);
  assert.throws(() => read(subset(numbered(3, 2), [0, 1]), [2]), /expected an index from 0 to 1, got 2/);
});

test("subset(samples, indices) keeps what it was made with when the indices change later", () => {
  const indices = [1];
  const view = subset(numbered(3, 1), indices);
  indices[0] = 2;
  assert.deepEqual(read(view, [0]), [1]);
});

test("standardize(samples, by) measures on `by` and divides by the unbiased deviation plus 1e-5", () => {
  const by = floatSamples(Float32Array.of(1, 5, 2, 5, 6, 5), [2]); // means 3 and 5, variances 7 and 0
  const z = read(standardize(floatSamples(Float32Array.of(10, 5, 3, 6), [2]), by), [0, 1]);
  const sd = Math.sqrt(7) + 1e-5;
  assert.ok(Math.abs(z[0]! - 7 / sd) < 1e-6 && z[1] === 0 && z[2] === 0);
  assert.ok(Math.abs(z[3]! - 1 / 1e-5) < 1);
});

test("standardize(pool, pool) gives mean 0 and deviation 1, however many samples and in whatever order they are read", () => {
  const pool = floatSamples(Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i) * 7 + 100), [2]);
  const z = inMemory(standardize(pool, pool));
  const all = read(z, [...Array(1000).keys()]).filter((_, at) => at % 2 === 0);
  const mean = all.reduce((a, b) => a + b) / 1000;
  const variance = all.reduce((a, b) => a + (b - mean) ** 2, 0) / 999;
  assert.ok(Math.abs(mean) < 1e-5 && Math.abs(variance - 1) < 1e-4);
  assert.deepEqual(read(standardize(pool, pool), [999, 3]), read(z, [999, 3]));
});

test("standardize(samples, by) refuses another shape and a single sample to measure on", () => {
  assert.throws(() => standardize(numbered(2, 3), numbered(2, 2)), /expected samples of shape 2, got 3/);
  assert.throws(() => standardize(numbered(2, 3), numbered(1, 3)), /expected at least two samples, got 1/);
});

test("shrinkImages(samples, factor) keeps colours apart and the mean as it is, and refuses a factor that leaves a rest", () => {
  const random = randomSource(8);
  const values = Float32Array.from({ length: 2 * 6 * 4 * 3 }, () => random.next());
  const images = floatSamples(values, [6, 4, 3]);
  const small = shrinkImages(images, 2);
  assert.deepEqual([small.count, small.shape], [2, [3, 2, 3]]);
  const out = new Float32Array(2 * 18).fill(9);
  small.read([1, 0], out);
  const at = (image: number, y: number, x: number, k: number) => values[((image * 6 + y) * 4 + x) * 3 + k]!;
  for (let y = 0; y < 3; y++)
    for (let x = 0; x < 2; x++)
      for (let k = 0; k < 3; k++) {
        const mean = (at(1, 2 * y, 2 * x, k) + at(1, 2 * y + 1, 2 * x, k) + at(1, 2 * y, 2 * x + 1, k) + at(1, 2 * y + 1, 2 * x + 1, k)) / 4;
        assert.ok(Math.abs(out[(y * 2 + x) * 3 + k]! - mean) < 1e-6);
      }
  assert.throws(() => shrinkImages(images, 3), /shrinkImages: expected a whole number that divides 6 and 4, got 3/);
  assert.throws(() => shrinkImages(floatSamples(new Float32Array(4), [4]), 2), /expected images/);
});
