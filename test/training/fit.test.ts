import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ann,
  fitAlone,
  fitCrowd,
  floatSamples,
  InputError,
  labeled,
  logistic,
  randomSource,
  simpleCnn,
  type AnsweredQuestion,
  type FitReport,
  type FitRequest,
  type FitSettings,
} from "almq";
import { assertNear } from "../acquisition/near";
import { tf } from "../../lib/runtime/tensorflow";
import { assertSameWeights, exact, weightsOf } from "./sameWeights";

const classes = 4;
const width = 6;

/** Samples around one centre per class. */
function blobs(count: number, seed: number) {
  const random = randomSource(seed);
  const labels = Array.from({ length: count }, () => random.integer(classes));
  const values = Float32Array.from({ length: count * width }, (_, i) => random.normal() + (i % width === labels[Math.floor(i / width)] ? 3 : 0));
  return { samples: floatSamples(values, [width]), labels };
}

const settings: FitSettings = { epochs: 20, batchSize: 16, learningRate: 0.02, fidelity: "corrected" };

/** A problem of its own for every seed: data, observations, weights, settings. */
function request(seed: number, changes: Partial<FitSettings> = {}, make: typeof logistic = logistic): FitRequest {
  const random = randomSource(seed);
  const count = 40 + (seed % 5) * 7;
  const { samples, labels } = blobs(count, seed);
  const observations: AnsweredQuestion[] = labels.slice(0, 30).map((label, sample) => labeled(sample, label));
  for (let sample = 30; sample + 2 < count; sample += 3) {
    const shown = [sample, sample + 1, sample + 2];
    const asked = random.integer(classes);
    observations.push({ question: { kind: "any", class: asked, samples: shown }, answer: shown.some((s) => labels[s] === asked) ? "yes" : "no" });
  }
  const classifier = make({ inputs: width, classes, random: random.split("weights") });
  return { classifier, samples, observations, settings: { ...settings, ...changes }, random: random.split("fit") };
}

test("fitAlone.fit(request) lowers the loss and learns the labels", async () => {
  const { samples, labels } = blobs(300, 1);
  const classifier = logistic({ inputs: width, classes, random: randomSource(2) });
  const observations = labels.map((label, sample) => labeled(sample, label));
  const report = await fitAlone.fit({ classifier, samples, observations, settings: { ...settings, epochs: 60 }, random: randomSource(3) });
  assert.ok(report.losses.at(-1)! < 0.7 * report.losses[0]!, `${report.losses[0]} → ${report.losses.at(-1)}`);
  const { values } = classifier.predict(samples).probabilities;
  const right = labels.filter((label, i) => Math.max(...values.subarray(i * classes, (i + 1) * classes)) === values[i * classes + label]);
  assert.ok(right.length > 0.85 * labels.length, `${right.length} of ${labels.length}`);
});

test("fitCrowd().fit(request) gives a fit the same weights alone and in a crowd of different problems", async () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7];
  for (const make of [logistic, ann]) {
    const alone = seeds.map((seed) => request(seed, {}, make));
    for (const one of alone) await fitAlone.fit(one);
    const together = seeds.map((seed) => request(seed, {}, make));
    const trainer = fitCrowd();
    await Promise.all(together.map((one) => trainer.fit(one)));
    assertSameWeights(together, alone);
  }
});

test("fitCrowd().fit(request) gives a convolutional network the same weights alone and in a crowd", async () => {
  const problems = () => [1, 2, 3].map(images);
  const [alone, together, trainer] = [problems(), problems(), fitCrowd()];
  for (const one of alone) await fitAlone.fit(one);
  await Promise.all(together.map((one) => trainer.fit(one)));
  assertSameWeights(together, alone);
});

function images(seed: number): FitRequest {
  const random = randomSource(seed);
  const samples = floatSamples(Float32Array.from({ length: 20 * 64 }, () => random.normal()), [8, 8, 1]);
  const observations = Array.from({ length: 20 }, (_, sample) => labeled(sample, sample % classes));
  const classifier = simpleCnn({ inputShape: [8, 8, 1], classes, random: random.split("weights") });
  return { classifier, samples, observations, settings: { ...settings, epochs: 5 }, random: random.split("fit") };
}

test("fitCrowd().fit(request) takes in fits that arrive late, of other shapes and with other settings", async () => {
  const all = () => [request(1), request(2, {}, ann), request(3, { learningRate: 0.1, epochs: 3 }), request(4, { batchSize: 5 })];
  const alone = all();
  const reports: FitReport[] = [];
  for (const one of alone) reports.push(await fitAlone.fit(one));
  const late = all();
  const trainer = fitCrowd({ members: 2 });
  const arrive = async (one: FitRequest, i: number) => {
    await new Promise((resolve) => setTimeout(resolve, 2 * i));
    return trainer.fit(one);
  };
  const lateReports = await Promise.all(late.map(arrive));
  assertSameWeights(late, alone);
  lateReports.forEach(({ losses }, i) => assertNear(losses, reports[i]!.losses, exact ? 0 : 1e-4));
});

test("fit(request) repeats itself bit for bit with the same seed, and not with another", async () => {
  const [a, b] = [request(8), request(8)];
  const c = { ...request(8), random: randomSource("another") };
  assert.deepEqual(await fitAlone.fit(a), await fitAlone.fit(b));
  assert.deepEqual(weightsOf(a), weightsOf(b));
  await fitAlone.fit(c);
  assert.notDeepEqual(weightsOf(a), weightsOf(c));
});

test("fit(request) stops at the fifth epoch in a row that is not below the lowest", async () => {
  const report = await fitAlone.fit(request(1, { learningRate: 0.5, epochs: 500 }));
  assert.ok(report.stoppedEarly);
  const best = report.losses.indexOf(Math.min(...report.losses));
  assert.equal(report.epochs, best + 6);
  assert.equal(report.losses.length, report.epochs);
});

test('fit(request) with fidelity "corrected" brings the best epoch\'s weights back, with "paper" keeps the last', async () => {
  const wild = { learningRate: 0.5, epochs: 500 } as const;
  const corrected = request(1, wild);
  const { epochs } = await fitAlone.fit(corrected);
  const untilBest = request(1, { ...wild, epochs: epochs - 5, fidelity: "paper" });
  await fitAlone.fit(untilBest);
  assert.deepEqual(weightsOf(corrected), weightsOf(untilBest));
  const paper = request(1, { ...wild, fidelity: "paper" });
  await fitAlone.fit(paper);
  assert.notDeepEqual(weightsOf(paper), weightsOf(corrected));
});

test("fit(request) with an L1 penalty adds coefficient · Σ|w| of the named layer to the loss and shrinks it", async () => {
  const l1 = { coefficient: 0.05, layers: ["dense1"] };
  const [plain, penalized] = [request(1, { epochs: 1, batchSize: 100 }), request(1, { epochs: 1, batchSize: 100, l1 })];
  const norm = Object.values(weightsOf(plain)).reduce((sum, w) => sum + w.reduce((s, x) => s + Math.abs(x), 0), 0);
  const [without, within] = [await fitAlone.fit(plain), await fitAlone.fit(penalized)];
  assert.ok(Math.abs(within.losses[0]! - without.losses[0]! - 0.05 * norm) < 1e-9);
  const size = (one: FitRequest) => weightsOf(one)["dense1.weight"]!.reduce((s, x) => s + Math.abs(x), 0);
  const [free, held] = [request(1), request(1, { l1 })];
  await fitAlone.fit(free);
  await fitAlone.fit(held);
  assert.ok(size(held) < 0.8 * size(free));
});

test("fit(request) learns nothing from an oracle that cannot tell", async () => {
  const silent: AnsweredQuestion[] = [
    { question: { kind: "class", samples: [1] }, answer: "cannot tell" },
    { question: { kind: "all", class: 2, samples: [5, 6] }, answer: "cannot tell" },
    { question: { kind: "any", class: 0, samples: [7, 8, 9] }, answer: "cannot tell" },
  ];
  const [without, within] = [wholeBatches(), wholeBatches()];
  const some = { ...within, observations: [...silent, ...within.observations] };
  const [expected, report] = [await fitAlone.fit(without), await fitAlone.fit(some)];
  // The same observations in another order: sums differ by rounding alone.
  assertNear(report.losses, expected.losses, 1e-5);
  for (const [name, w] of Object.entries(weightsOf(some))) assertNear(w, weightsOf(without)[name]!, 1e-4);
  assert.ok(Object.entries(weightsOf(some)).some(([name, w]) => w.some((x, i) => Math.abs(x - weightsOf(wholeBatches())[name]![i]!) > 0.01)), "something was learnt");
  await assert.rejects(fitAlone.fit({ ...without, observations: silent }), InputError);
});

/** All observations in one mini-batch and no dropout: their order does not matter. */
function wholeBatches(): FitRequest {
  const classifier = logistic({ inputs: width, classes, dropout: 0, random: randomSource(1) });
  return { ...request(2, { batchSize: 1000, epochs: 3 }), classifier };
}

test("fit(request) refuses samples and classes that do not exist, and settings that make no sense", async () => {
  const refused = async (changes: Partial<FitRequest>, message: RegExp) =>
    assert.rejects(fitAlone.fit({ ...request(1), ...changes }), (error) => error instanceof InputError && message.test(error.message));
  await refused({ observations: [labeled(1000, 0)] }, /^fit: expected samples from 0 to 46, got 1000 at observation 0$/);
  const fine = Array.from({ length: 9 }, (_, i) => labeled(i, 0));
  await refused({ observations: [...fine, labeled(0, classes)] }, /^fit: expected classes from 0 to 3, got 4 at observation 9$/);
  await refused({ observations: [] }, /at least one observation/);
  await refused({ settings: { ...settings, epochs: 0 } }, /epoch/);
  await refused({ settings: { ...settings, learningRate: 0 } }, /learning rate/);
  await refused({ settings: { ...settings, fidelity: "exact" as "paper" } }, /fidelity of paper or corrected, got exact/);
  await refused({ settings: { ...settings, batchSize: 0.5 } }, /size/);
  await refused({ settings: { ...settings, l1: { coefficient: 1, layers: ["none"] } } }, /layer/);
});

test("fitCrowd().fit(request) that diverges fails alone", async () => {
  const trainer = fitCrowd();
  const well = request(1);
  const ill = { ...request(2), samples: floatSamples(new Float32Array(100 * width).fill(Infinity), [width]) };
  const [good, bad] = await Promise.allSettled([trainer.fit(well), trainer.fit(ill)]);
  assert.equal(good.status, "fulfilled");
  assert.ok(bad.status === "rejected" && /finite loss/.test(String(bad.reason)));
  const alone = request(1);
  await fitAlone.fit(alone);
  assertSameWeights([well], [alone]);
});

test("fitCrowd().fit(request) whose samples can no longer be read fails alone", async () => {
  const inputs = 400_000; // 48 samples are too many numbers to be kept for the whole fit
  const samples = floatSamples(Float32Array.from({ length: 48 * inputs }, (_, i) => (i % 7) / 7), [inputs]);
  let reads = 0;
  const broken = { ...samples, read: (indices: ArrayLike<number>, out: Float32Array) => (reads++ === 0 ? samples.read(indices, out) : assert.fail("the disk is gone")) };
  const wide = (seed: number, of: typeof samples): FitRequest => ({
    classifier: logistic({ inputs, classes: 2, random: randomSource(seed) }),
    samples: of,
    observations: Array.from({ length: 48 }, (_, sample) => labeled(sample, sample % 2)),
    settings: { ...settings, epochs: 1, batchSize: 24 },
    random: randomSource(seed),
  });
  const [well, ill, alone] = [wide(1, samples), wide(2, broken), wide(1, samples)];
  const trainer = fitCrowd();
  const [good, bad] = await Promise.allSettled([trainer.fit(well), trainer.fit(ill)]);
  assert.ok(bad.status === "rejected" && /the disk is gone/.test(String(bad.reason)));
  assert.equal(good.status, "fulfilled");
  await fitAlone.fit(alone);
  Object.entries(weightsOf(well)).forEach(([name, w]) => assertNear(w, weightsOf(alone)[name]!, 1e-3)); // threads share products of this size: not to the last bit
});

test("fit(request) leaves no tensor behind and lets the event loop have its turn", async () => {
  const before = tf.memory().numTensors;
  let longest = 0;
  let last = performance.now();
  const clock = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const trainer = fitCrowd();
  const begun = last;
  await Promise.all([1, 2, 3].map((seed) => trainer.fit(request(seed, { epochs: 300, patience: 1000 }))));
  const whole = performance.now() - begun;
  clearInterval(clock);
  assert.equal(tf.memory().numTensors, before);
  assert.ok(longest > 0 && longest < whole / 2, `${longest} of ${whole} ms`);
});
