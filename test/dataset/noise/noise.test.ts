import assert from "node:assert/strict";
import test from "node:test";
import { floatSamples, gaussianNoise, labelNoise, randomSource, saltAndPepperNoise } from "almq";
import { read } from "../read";

const flat = (count: number, shape: number[]) => floatSamples(new Float32Array(count * shape.reduce((a, b) => a * b)).fill(0.5), shape);
const hits = (values: number[], width: number) => Array.from({ length: values.length / width }, (_, i) => values.slice(i * width, (i + 1) * width).some((v) => v !== 0.5));

test("gaussianNoise(samples, { probability }) hits about that share of the samples, with noise of the mean and deviation asked for", () => {
  const noisy = read(gaussianNoise(flat(4000, [10]), { probability: 0.1, mean: 2, standardDeviation: 3, random: randomSource(1) }));
  const hit = hits(noisy, 10);
  const share = hit.filter(Boolean).length / 4000;
  assert.ok(Math.abs(share - 0.1) < 0.02, `${share}`); // 4 standard errors
  const added = noisy.filter((_, at) => hit[Math.floor(at / 10)]).map((v) => v - 0.5);
  const mean = added.reduce((a, b) => a + b) / added.length;
  const sd = Math.sqrt(added.reduce((a, b) => a + (b - mean) ** 2, 0) / added.length);
  assert.ok(Math.abs(mean - 2) < 0.2 && Math.abs(sd - 3) < 0.15, `${mean} ${sd}`);
});

test("gaussianNoise(samples, options) gives a sample the same noise in whatever order it is read, and another to another sample", () => {
  const noisy = gaussianNoise(flat(20, [4]), { probability: 1, random: randomSource(7) });
  const all = read(noisy);
  assert.deepEqual(read(noisy, [13, 2]), [...all.slice(52, 56), ...all.slice(8, 12)]);
  assert.notDeepEqual(all.slice(0, 4), all.slice(4, 8));
  assert.deepEqual(all, read(gaussianNoise(flat(20, [4]), { probability: 1, random: randomSource(7) })));
});

test("gaussianNoise(samples, { probability: 0 }) changes nothing", () => {
  assert.ok(read(gaussianNoise(flat(50, [3]), { probability: 0, random: randomSource(1) })).every((v) => v === 0.5));
});

test("saltAndPepperNoise(samples, { share }) turns that share of the pixels dark or light, all channels of a pixel together", () => {
  const values = read(saltAndPepperNoise(flat(1, [100, 100, 3]), { probability: 1, share: 0.2, dark: -1, light: 2, random: randomSource(3) }));
  const pixels = Array.from({ length: 10_000 }, (_, i) => values.slice(3 * i, 3 * i + 3).join());
  const count = (pixel: string) => pixels.filter((p) => p === pixel).length;
  assert.equal(count("-1,-1,-1") + count("2,2,2") + count("0.5,0.5,0.5"), 10_000);
  for (const pixel of ["-1,-1,-1", "2,2,2"]) assert.ok(Math.abs(count(pixel) - 1000) < 120); // 4 standard errors
});

test("labelNoise(labels, { rate }) changes about that share, to every other class alike, and never in place", () => {
  const labels = new Int32Array(9000).map((_, i) => i % 3);
  const given = labelNoise(labels, { classes: 3, rate: 0.3, random: randomSource(2) });
  const table = [0, 1, 2].map(() => [0, 0, 0]);
  given.forEach((label, i) => table[i % 3]![label]!++);
  for (const from of [0, 1, 2]) for (const to of [0, 1, 2]) assert.ok(Math.abs(table[from]![to]! / 3000 - (from === to ? 0.7 : 0.15)) < 0.034);
  assert.ok(labels.every((label, i) => label === i % 3));
});

test("labelNoise(labels, { rate }) takes many classes without a table of them, and draws what it always drew", () => {
  const given = labelNoise([0, 99_999, 0], { classes: 100_000, rate: 0, random: randomSource(1) });
  assert.deepEqual([...given], [0, 99_999, 0]);
  const labels = Array.from({ length: 12 }, (_, i) => i % 4);
  assert.deepEqual([...labelNoise(labels, { classes: 4, rate: 0.5, random: randomSource(3) })], [0, 3, 0, 2, 3, 1, 2, 1, 2, 2, 2, 3]);
  assert.throws(() => labelNoise([0], { classes: 2 ** 40, rate: 0, random: randomSource(1) }), /labelNoise: expected at most 1048576 classes/);
});

test("labelNoise(labels, { rate: table }) errs as the table says", () => {
  const given = labelNoise([0, 0, 1, 1], { classes: 2, rate: [[0, 1], [0, 1]], random: randomSource(2) });
  assert.deepEqual([...given], [1, 1, 1, 1]);
  assert.deepEqual([...labelNoise([0, 1], { classes: 2, rate: 0, random: randomSource(2) })], [0, 1]);
});

test("noise refuses settings out of their bounds", () => {
  const samples = flat(2, [2]);
  const random = randomSource(1);
  for (const probability of [-0.1, 1.1, NaN]) {
    assert.throws(() => gaussianNoise(samples, { probability, random }), /gaussianNoise: expected a probability from 0 to 1/);
    assert.throws(() => saltAndPepperNoise(samples, { probability, random }), { name: "InputError" });
    assert.throws(() => labelNoise([0], { classes: 2, rate: probability, random }), { name: "InputError" });
  }
  assert.throws(() => gaussianNoise(samples, { probability: 1, standardDeviation: -1, random }), { name: "InputError" });
  assert.throws(() => saltAndPepperNoise(samples, { probability: 1, share: 2, random }), { name: "InputError" });
  assert.throws(() => labelNoise([0], { classes: 2, rate: [[0.5, 0.4], [0, 1]], random }), /expected probabilities summing to 1, got 0.9 at row 0/);
  assert.throws(() => labelNoise([0], { classes: 2, rate: [[1, 0]], random }), /expected 2 rows, got 1/);
  assert.throws(() => labelNoise([2], { classes: 2, rate: 0.1, random }), /expected a label from 0 to 1, got 2 at sample 0/);
});
