import assert from "node:assert/strict";
import test from "node:test";
import { loadDataset, randomSource, standardize, type Dataset, type DatasetName, type Samples } from "almq";
import { harFeatures } from "../../../lib/dataset/standIn/har/features";
import { burg, entropy, quantile } from "../../../lib/dataset/standIn/har/statistics";
import { spectrum } from "../../../lib/dataset/standIn/har/spectrum";
import { read } from "../read";

/** How many of each stand-in are drawn here, and, of those drawn often enough to tell, how well the nearest class mean must and may do on them. */
const expected: Record<DatasetName, { size: number; shape: number[]; classes: number; least?: number; most?: number }> = {
  handwriting: { size: 600, shape: [64], classes: 10, least: 0.6, most: 0.98 },
  har: { size: 240, shape: [561], classes: 6, least: 0.6, most: 0.98 },
  mnist: { size: 600, shape: [28, 28, 1], classes: 10, least: 0.4, most: 0.95 },
  "fashion-mnist": { size: 600, shape: [28, 28, 1], classes: 10, least: 0.4, most: 0.95 },
  cifar10: { size: 300, shape: [32, 32, 3], classes: 10, least: 0.15, most: 0.9 },
  animal: { size: 20, shape: [224, 224, 3], classes: 10 },
  tumor: { size: 12, shape: [224, 224, 3], classes: 4 },
};

for (const [name, { size, shape, classes, least, most }] of Object.entries(expected) as [DatasetName, (typeof expected)[DatasetName]][]) {
  test(`loadDataset("${name}", { standIn: true }) draws ${size} samples${least === undefined ? "" : " that can be learned"}, through the loader of the real data`, async () => {
    const data = await loadDataset(name, { standIn: true, size, random: randomSource(11) });
    assert.ok(data.standIn && /by almq \(a stand-in for /.test(data.source), data.source);
    assert.deepEqual([data.name, data.samples.count, [...data.samples.shape], data.classes.length], [name, size, shape, classes]);
    assert.equal(new Set(data.labels).size, classes);
    assert.ok(data.test === undefined || data.test.labels.length === Math.ceil(size / 5));
    const values = read(data.samples, [0, size - 1]);
    assert.ok(values.every((value) => value >= -1 && value <= 1) && new Set(values).size > 5);
    if (least === undefined || most === undefined) return; // test/training/standIns fits these
    const accuracy = nearestMean(data, name === "har");
    assert.ok(accuracy >= least && accuracy <= most, `nearest class mean: ${accuracy}`);
  });
}

test("the same seed draws the same stand-in, another seed another", async () => {
  const draw = async (seed: number) => read((await loadDataset("cifar10", { standIn: true, size: 10, random: randomSource(seed) })).samples);
  assert.deepEqual(await draw(1), await draw(1));
  assert.notDeepEqual(await draw(1), await draw(2));
});

/** Accuracy on the last fifth of the class whose mean, over the first four fifths, is nearest. */
function nearestMean(data: Dataset, scaled: boolean): number {
  const samples: Samples = scaled ? standardize(data.samples, data.samples) : data.samples;
  const split = Math.floor(0.8 * samples.count);
  const rows = Array.from({ length: samples.count }, (_, i) => read(samples, [i]));
  const means = data.classes.map((_, label) => {
    const own = rows.slice(0, split).filter((_, i) => data.labels[i] === label);
    return own.length === 0 ? rows[0]!.map(() => Infinity) : rows[0]!.map((_, k) => own.reduce((sum, row) => sum + row[k]!, 0) / own.length);
  });
  const far = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + (value - b[k]!) ** 2, 0);
  const right = rows.slice(split).filter((row, i) => {
    const distances = means.map((mean) => far(row, mean));
    return distances.indexOf(Math.min(...distances)) === data.labels[split + i];
  });
  return right.length / (samples.count - split);
}

test("harFeatures(recording) gives 561 finite numbers, also for somebody who does not move", () => {
  const still = () => new Float64Array(128);
  const moving = () => Float64Array.from({ length: 128 }, (_, t) => Math.sin(t / 3));
  const features = harFeatures({ body: [moving(), moving(), still()], gravity: [moving(), moving(), moving()], gyro: [moving(), moving(), moving()] });
  assert.equal(features.length, 561);
  assert.ok(features.every(Number.isFinite));
});

test("spectrum(signal) finds the frequency and half the amplitude of a sine", () => {
  const amplitudes = spectrum(Float64Array.from({ length: 128 }, (_, t) => 3 * Math.sin((2 * Math.PI * 5 * t) / 128)));
  assert.equal(amplitudes.indexOf(Math.max(...amplitudes)), 5);
  assert.ok(Math.abs(amplitudes[5]! - 1.5) < 1e-12 && amplitudes[6]! < 1e-12);
});

test("burg(signal, order) finds the coefficients of an autoregression", () => {
  const random = randomSource(5);
  const x = new Float64Array(5000);
  for (let t = 2; t < x.length; t++) x[t] = 0.6 * x[t - 1]! - 0.3 * x[t - 2]! + random.normal();
  const [a, b] = burg(x, 2);
  assert.ok(Math.abs(a! + 0.6) < 0.05 && Math.abs(b! - 0.3) < 0.05, `${a} ${b}`);
});

test("entropy(even signal) is the logarithm of its length; quantile(sorted, share) interpolates", () => {
  assert.ok(Math.abs(entropy([1, -1, 1, 1]) - Math.log(4)) < 1e-12);
  assert.equal(entropy([0, 2, 0]), 0);
  assert.equal(quantile([1, 2, 4], 0.75), 3);
});
