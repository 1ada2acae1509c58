import "./oneThread";
import assert from "node:assert/strict";
import { test } from "node:test";
import { conv2d, dense, dropout, fitAlone, fitCrowd, flatten, floatSamples, frozen, InputError, labeled, leNet, maxPool, network, randomSource, simpleCnn, type FitRequest, type LayerMaker, type Network, type RandomSource, type Samples } from "almq";
import { forward } from "../../lib/model/layer";
import { tf } from "../../lib/runtime/tensorflow";
import { assertNear } from "../acquisition/near";
import { assertSameWeights } from "../training/sameWeights";

/** Images with a bright stripe, upright or lying, and noise. */
function stripes(count: number, size: number): { samples: Samples; labels: number[] } {
  const random = randomSource(1);
  const labels = Array.from({ length: count }, (_, i) => i % 2);
  const values = labels.flatMap((label) => {
    const at = random.integer(size);
    return Array.from({ length: size * size }, (_, p) => 0.3 * random.normal() + ((label === 0 ? p % size : Math.floor(p / size)) === at ? 1 : 0));
  });
  return { samples: floatSamples(Float32Array.from(values), [size, size, 1]), labels };
}

/** So small that their fits step together. */
const makers: Record<string, { size: number; make(seed: number): Network }> = {
  simpleCnn: { size: 12, make: (seed) => simpleCnn({ inputShape: [12, 12, 1], classes: 2, random: randomSource(seed) }) },
  leNet: { size: 16, make: (seed) => leNet({ inputShape: [16, 16, 1], classes: 2, random: randomSource(seed) }) },
  "leNet with dropout": { size: 16, make: (seed) => leNet({ inputShape: [16, 16, 1], classes: 2, dropout: 0.25, random: randomSource(seed) }) },
};

for (const [name, { size, make }] of Object.entries(makers)) {
  test(`fitAlone.fit teaches ${name} to tell upright from lying stripes, and leaves no tensor behind`, async () => {
    const { samples, labels } = stripes(80, size);
    const before = tf.memory().numTensors;
    const classifier = make(1);
    const observations = labels.slice(0, 60).map((label, i) => labeled(i, label));
    const settings = { epochs: 25, batchSize: 16, learningRate: 2e-3, patience: Infinity, fidelity: "corrected" } as const;
    const { losses } = await fitAlone.fit({ classifier, samples, observations, settings, random: randomSource(2) });
    assert.ok(Math.min(...losses) < 0.1, losses.join());
    const { values } = classifier.predict(samples).probabilities;
    const right = labels.filter((label, i) => i >= 60 && values[i * 2 + label]! > 0.5).length;
    assert.ok(right >= 16, `${right} of 20 new ones`);
    assert.equal(tf.memory().numTensors, before);
  });

  test(`fitCrowd().fit trains two of ${name} at once to the same bits as one after the other`, async () => {
    const { samples, labels } = stripes(20, size);
    assert.ok(!make(1).fittedAlone, "otherwise they take turns, and this shows nothing");
    const observations = labels.map((label, i) => labeled(i, label));
    const settings = { epochs: 2, batchSize: 8, learningRate: 1e-3, fidelity: "paper" } as const;
    const requests = () => [1, 2].map((seed) => ({ classifier: make(seed), samples, observations, settings, random: randomSource(seed) }));
    const [alone, together] = [requests(), requests()];
    for (const one of alone) await fitAlone.fit(one);
    const trainer = fitCrowd();
    await Promise.all(together.map((one) => trainer.fit(one)));
    assertSameWeights(together, alone);
  });
}

/** A problem of noise for a network on images [size, size, 1]. */
function noise(count: number, size: number, seed: number, make: (random: RandomSource) => Network): FitRequest {
  const random = randomSource(seed);
  const samples = floatSamples(Float32Array.from({ length: count * size * size }, () => random.normal()), [size, size, 1]);
  const observations = Array.from({ length: count }, (_, i) => labeled(i, i % 10));
  const settings = { epochs: 2, batchSize: 64, learningRate: 1e-2, optimizer: { name: "sgd" }, fidelity: "paper" } as const;
  return { classifier: make(randomSource(seed)), samples, observations, settings, random: randomSource(seed) };
}

test("fitCrowd().fit trains LeNets with mini-batches of different sizes to the same bits as alone, and leaves no tensor behind", async () => {
  const requests = () => [100, 128, 110].map((count) => noise(count, 28, count, (random) => leNet({ classes: 10, dropout: 0.5, random })));
  const [alone, together] = [requests(), requests()];
  for (const one of alone) await fitAlone.fit(one);
  const before = tf.memory().numTensors;
  const trainer = fitCrowd();
  await Promise.all(together.map((one) => trainer.fit(one)));
  assert.equal(tf.memory().numTensors, before);
  assertSameWeights(together, alone);
});

test("fitCrowd().fit does not take networks for one that differ in a stride, a kernel or a window only", async () => {
  const first: LayerMaker[] = [
    conv2d({ filters: 6, kernel: 3, stride: 2 }),
    conv2d({ filters: 6, kernel: 3, pool: 2 }),
    conv2d({ filters: 6, kernel: 5, padding: 1, pool: 2 }),
  ];
  const pools = [maxPool(2), maxPool(3, { stride: 2, padding: 1 })];
  const networks = [...first.map((layer) => [layer]), ...pools.map((layer) => [conv2d({ filters: 6, kernel: 3 }), layer])];
  const requests = () => networks.map((layers, i) => noise(20, 28, i, (random) => network({ inputShape: [28, 28, 1], layers: [...layers, flatten(), dense(10)], random })));
  const [alone, together] = [requests(), requests()];
  assert.deepEqual(new Set(alone.map(({ classifier }) => (classifier as Network).layers[0]!.outputShape.join())), new Set(["13,13,6", "26,26,6"]));
  for (const one of alone) await fitAlone.fit(one);
  const trainer = fitCrowd();
  await Promise.all(together.map((one) => trainer.fit(one)));
  assertSameWeights(together, alone);
});

const twins = {
  "which of two layers has a bias": [true, false].map((first) => [conv2d({ filters: 6, kernel: 3, bias: first }), conv2d({ filters: 6, kernel: 3, bias: !first }), flatten()]),
  "whether a dropout is frozen": [[dropout(0.5)], frozen([dropout(0.5)])].map((layers) => [flatten(), dense(40), ...layers]),
};

for (const [what, heads] of Object.entries(twins))
  test(`fitCrowd().fit does not take networks for one that differ in ${what}`, async () => {
    const requests = () => heads.map((layers, i) => noise(20, 12, i, (random) => network({ inputShape: [12, 12, 1], layers: [...layers, dense(10)], random })));
    const [alone, together] = [requests(), requests()];
    for (const one of alone) await fitAlone.fit(one);
    const trainer = fitCrowd();
    await Promise.all(together.map((one) => trainer.fit(one)));
    assertSameWeights(together, alone);
  });

test("draws(samples, count, random) of simpleCnn: thinned networks say what masked ones do", () => {
  const thinned = makers.simpleCnn!.make(3);
  const { samples } = stripes(6, 12);
  const p = thinned.draws(samples, 4, randomSource(9));
  const odd = thinned.layers.map((layer) => (layer.kind === "relu" ? { ...layer, kind: "batchNorm" as const } : layer)); // keeps the tail from being thinned
  const masked = Object.assign(Object.create(Object.getPrototypeOf(thinned)), thinned, { layers: odd }) as Network;
  assertNear(masked.draws(samples, 4, randomSource(9)).values, p.values, 1e-5);
});

test("draws(samples, count, random) of leNet differ with dropout only", () => {
  const { samples } = stripes(3, 16);
  const spread = (model: Network) => {
    const { values } = model.draws(samples, 10, randomSource(1));
    return Math.max(...values.subarray(0, 10)) - Math.min(...values.subarray(0, 10));
  };
  assert.ok(spread(makers.leNet!.make(1)) < 1e-6);
  assert.ok(spread(makers["leNet with dropout"]!.make(1)) > 1e-3);
});

test("leNet({ inputShape, classes }) has 6 and 16 filters per input channel, then 120 and 84 units", () => {
  const { "conv0.weight": first, "conv2.weight": second, "dense5.weight": third, "dense7.weight": fourth } =
    leNet({ inputShape: [32, 32, 3], classes: 10, random: randomSource(1) }).weights();
  assert.deepEqual([first!.length, second!.length, third!.length, fourth!.length], [25 * 3 * 18, 25 * 18 * 48, 25 * 48 * 120, 120 * 84]);
});

test("conv2d(options) with padding and stride is the sum it should be", () => {
  const layers = [conv2d({ filters: 1, kernel: 3, stride: 2, padding: 1 }), flatten(), dense(2)];
  const model = network({ inputShape: [4, 4, 1], layers, random: randomSource(1) });
  const [kernel, bias, weight, shift] = model.values as [Float32Array, Float32Array, Float32Array, Float32Array];
  kernel.forEach((_, i) => (kernel[i] = i + 1));
  bias[0] = 0.5;
  weight.set([1, 0, 0, 0, 0, 0, 0, 1]); // the first and the last place
  shift.fill(0);
  const x = Float32Array.from({ length: 16 }, (_, i) => i);
  const at = (row: number, column: number) => {
    let sum = 0.5;
    for (let r = 0; r < 3; r++)
      for (let c = 0; c < 3; c++) {
        const [i, j] = [2 * row + r - 1, 2 * column + c - 1];
        if (i >= 0 && j >= 0 && i < 4 && j < 4) sum += x[4 * i + j]! * (3 * r + c + 1);
      }
    return sum;
  };
  assertNear(model.predict(floatSamples(x, [4, 4, 1])).logits, [at(0, 0), at(1, 1)], 1e-5);
});

for (const [pool, others, shape] of [
  [2, {}, [8, 8, 3]],
  [3, {}, [8, 8, 3]],
  [2, { stride: 2, padding: 1 }, [11, 9, 3]], // 6 × 5 places, a column is left over
] as const)
  test(`conv2d({ pool: ${pool} }) is a maxPool(${pool}) behind it on images of ${shape.join(" × ")}, in value and in gradient, also for two models at once`, () => {
    const layersOf = (pooled: boolean) => {
      const convolution = conv2d({ filters: 2, kernel: 3, ...others, ...(pooled && { pool }) })(shape, 0);
      return pooled ? [convolution] : [convolution, maxPool(pool)(convolution.outputShape, 1)];
    };
    const [ours, theirs] = [layersOf(true), layersOf(false)];
    assert.deepEqual(ours.at(-1)!.outputShape, theirs.at(-1)!.outputShape);
    tf.tidy(() => {
      const x = tf.randomNormal([2, 5, ...shape], 0, 1, "float32", 1);
      const weight = tf.randomNormal([2, 3, 3, 3, 2], 0, 1, "float32", 2);
      const bias = tf.randomNormal([2, 2], 0, 1, "float32", 3);
      const dy = tf.randomNormal([2, 5, ...ours.at(-1)!.outputShape], 0, 1, "float32", 4);
      const [a, b] = [ours, theirs].map((layers) => {
        const { value, grads } = tf.valueAndGrads((x, weight, bias) => forward(layers, x, [weight!, bias!]))([x, weight, bias], dy);
        return [value, ...grads].map((tensor) => tensor.dataSync<"float32">());
      });
      assert.deepEqual(a![0], b![0]);
      a!.forEach((values, i) => assertNear(values, b![i]!, 1e-4));
    });
  });

test("conv2d(options) of small images lets models step together, of large ones not", () => {
  assert.equal(leNet({ classes: 10, random: randomSource(1) }).fittedAlone, false);
  assert.equal(simpleCnn({ classes: 10, random: randomSource(1) }).fittedAlone, true);
});

test("conv2d and maxPool refuse vectors and images smaller than their windows", () => {
  const random = randomSource(1);
  assert.throws(() => network({ inputShape: [5], layers: [conv2d({ filters: 1, kernel: 3 })], random }), /conv2d: expected images/);
  assert.throws(() => network({ inputShape: [2, 2, 1], layers: [maxPool(3)], random }), /maxPool: expected images/);
  assert.throws(() => network({ inputShape: [4, 4, 1], layers: [conv2d({ filters: 1, kernel: 3, pool: 3 })], random }), /conv2d: expected images of at least 5 × 5/);
  assert.throws(() => conv2d({ filters: 0, kernel: 3 }), InputError);
  assert.throws(() => conv2d({ filters: 1, kernel: 3, pool: 1.5 }), /conv2d: expected whole filters, kernel, stride and pool of at least 1/);
  assert.throws(() => conv2d({ filters: 1, kernel: 3, padding: -1 }), /a padding of at least 0/);
  assert.throws(() => maxPool(2, { stride: 0.5 }), /maxPool: expected a whole size and stride/);
  assert.throws(() => maxPool(2, { padding: 2 }), /maxPool: expected a padding of at most half the window, got 2/);
});

for (const padding of [0, 1])
  test(`maxPool(2, { padding: ${padding} }) gives TensorFlow's values and gradients, also where values are equal`, () => {
    tf.tidy(() => {
      const images = tf.round(tf.randomNormal([5, 6, 8, 3], 0, 1, "float32", 1)); // few values, so that many are equal
      const dy = tf.randomNormal([5, 3 + padding, 4 + padding, 3], 0, 1, "float32", 2);
      const layer = maxPool(2, { padding })([6, 8, 3], 0);
      const ours = (x: tf.Tensor) => tf.squeeze(layer.forward(tf.expandDims(x, 0), []), [0]);
      const framed = (x: tf.Tensor) => (padding === 0 ? x : tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]], -Infinity));
      const theirs = (x: tf.Tensor) => tf.maxPool(framed(x) as tf.Tensor4D, 2, 2, "valid");
      const numbers = (x: tf.Tensor) => Array.from(x.dataSync(), (value) => value + 0); // 0 and -0 are one
      assert.deepEqual(numbers(ours(images)), numbers(theirs(images)));
      assert.deepEqual(numbers(tf.grad(ours)(images, dy)), numbers(tf.grad(theirs)(images, dy)));
    });
  });
