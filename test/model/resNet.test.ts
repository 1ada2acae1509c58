import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  dense, fitAlone, floatSamples, freshHead, frozen, InputError, labeled, loadWeights, network, randomSource, readSafetensors, resNet18, resNet18Transfer,
  resNet50Transfer, resNetTrunk, type Network,
} from "almq";
import { tf } from "../../lib/runtime/tensorflow";
import { assertNear } from "../acquisition/near";
import { folder, torch } from "../reference/torch";

const images = { resNet18: floatSamples(Float32Array.from(torch.resNet18.x), [33, 33, 3]), resNet50: floatSamples(Float32Array.from(torch.resNet50.x), [33, 33, 3]) };
const pretrained = { resNet18: readSafetensors(join(folder, "resnet18-of-2.safetensors")), resNet50: readSafetensors(join(folder, "resnet50-of-1.safetensors")) };
const trunks = {
  resNet18: { block: "basic", blocks: [2, 2, 2, 2], filters: 2, stem: "large" },
  resNet50: { block: "bottleneck", blocks: [3, 4, 6, 3], filters: 1, stem: "large" },
} as const;

for (const name of ["resNet18", "resNet50"] as const)
  test(`predict(samples) of ${name} with weights from a safetensors file agrees with PyTorch`, () => {
    const model = network({ inputShape: [33, 33, 3], layers: [...resNetTrunk(trunks[name]), dense(3, "fc")], random: randomSource(1) });
    loadWeights(model, pretrained[name]);
    assertNear(model.predict(images[name]).logits, torch[name].logits, 1e-4);
  });

const transfer = (seed: number, cache = {}): Network =>
  resNet50Transfer({ inputShape: [33, 33, 3], classes: 3, hidden: 5, filters: 1, pretrained: pretrained.resNet50, cache, random: randomSource(seed) });

test("resNet50Transfer freezes stem and three stages: they predict as before and their weights stay", async () => {
  const model = transfer(1);
  const before = model.weights();
  const settings = { epochs: 3, batchSize: 2, learningRate: 0.01, fidelity: "corrected" } as const;
  await fitAlone.fit({ classifier: model, samples: images.resNet50, observations: [labeled(0, 1), labeled(1, 2)], settings, random: randomSource(2) });
  const changed = Object.entries(model.weights()).flatMap(([name, w]) => (w.every((x, i) => x === before[name]![i]) ? [] : [name]));
  assert.ok(changed.length > 0 && changed.every((name) => /^(layer4|fc)/.test(name)), changed.join());
  assert.ok(changed.includes("layer4.0.bn1.running_mean"));
  model.dispose();
});

test("frozen(layers) predict what they predict unfrozen, kept in memory, on disk or nowhere", () => {
  const whole = network({ inputShape: [33, 33, 3], layers: [...resNetTrunk(trunks.resNet50), dense(3, "fc")], random: randomSource(1) });
  loadWeights(whole, pretrained.resNet50);
  const expected = whole.predict(images.resNet50).logits;
  for (const cache of [{}, { memory: 0 }, { memory: 0, disk: 1 }]) {
    const layers = [...resNetTrunk({ ...trunks.resNet50, frozenStages: 2 }), dense(3, "fc")];
    const model = network({ inputShape: [33, 33, 3], layers, cache, random: randomSource(1) });
    loadWeights(model, pretrained.resNet50);
    assertNear(model.predict(images.resNet50).logits, expected, 1e-6);
    assertNear(model.predict(images.resNet50).logits, expected, 1e-6);
    model.dispose();
  }
});

test("frozen(layers) run once per sample, whichever clone or view of the samples asks", () => {
  const layers = [...frozen([dense(4, "trunk")]), dense(2)];
  const model = network({ inputShape: [3], layers, random: randomSource(1) });
  const samples = floatSamples(Float32Array.from({ length: 30 }, (_, i) => i / 30), [3]);
  const first = model.predict(samples).logits;
  model.body!.values[0]!.fill(7); // would show if they ran again
  const copy = model.clone();
  model.dispose();
  assert.deepEqual(copy.predict({ ...samples }).logits, first);
  copy.dispose();
  assert.notDeepEqual(copy.predict(samples).logits, first);
});

test("restore(weights) of a network with frozen stages: they may be left out, and what was kept of them is forgotten when they change", () => {
  const made = (seed: number) => resNet50Transfer({ inputShape: [33, 33, 3], classes: 3, hidden: 8, filters: 1, random: randomSource(seed) });
  const [from, to] = [made(1), made(2)];
  const before = to.predict(images.resNet50).logits;
  assert.ok(Object.keys(from.weights({ frozen: false })).every((name) => !name.startsWith("layer3.") && name in from.weights()));
  to.restore(from.weights({ frozen: false }));
  assert.notDeepEqual(to.predict(images.resNet50).logits, before);
  assert.notDeepEqual(to.predict(images.resNet50).logits, from.predict(images.resNet50).logits, "the frozen stages are its own");
  to.restore(from.weights());
  assert.deepEqual(to.predict(images.resNet50).logits, from.predict(images.resNet50).logits);
});

test("restore(weights) and loadWeights(network, arrays) of a clone leave its origin's frozen stages alone, and loadWeights forgets what was kept of its own", () => {
  const made = (seed: number) => resNet50Transfer({ inputShape: [33, 33, 3], classes: 3, hidden: 8, filters: 1, random: randomSource(seed) });
  const predicted = (model: Network) => model.predict(images.resNet50).logits;
  const [origin, other] = [made(1), made(2)];
  const [own, others] = [predicted(origin), predicted(other)];
  const copy = origin.clone();
  copy.restore(origin.weights());
  assert.equal(copy.body, origin.body, "the same weights: what they make of a sample stays shared");
  copy.restore(other.weights());
  assert.deepEqual(predicted(origin), own);
  assert.deepEqual(predicted(copy), others);
  const second = origin.clone();
  loadWeights(second, pretrained.resNet50, { except: ["fc1", "fc2"] });
  assert.deepEqual(predicted(origin), own);
  const alone = made(1);
  predicted(alone);
  loadWeights(alone, pretrained.resNet50, { except: ["fc1", "fc2"] });
  assert.deepEqual(predicted(alone), predicted(second));
  for (const model of [origin, other, copy, second, alone]) model.dispose();
});

test("frozen(layers) do not even read a sample again", () => {
  const model = transfer(1);
  let read = 0;
  const samples = { ...images.resNet50, read: (indices: ArrayLike<number>, out: Float32Array) => ((read += indices.length), images.resNet50.read(indices, out)) };
  const said = model.predict(samples).logits;
  assert.deepEqual(freshHead(model, randomSource(1)).predict(samples).logits.length, said.length);
  assert.deepEqual(model.predict(samples).logits, said);
  assert.equal(read, samples.count);
  model.dispose();
});

test("frozen(layers) tell samples apart that are kept on disk, though the same one comes twice in a batch", () => {
  const [kept, anew] = [{ memory: 0, disk: 1 }, { memory: 0 }].map((cache) => transfer(1, cache));
  const { read, shape } = images.resNet50;
  const repeated = { count: 3, shape, read: (indices: ArrayLike<number>, out: Float32Array) => read(Array.from(indices, (i) => (i === 2 ? 1 : 0)), out) };
  kept!.predict(repeated);
  assertNear(kept!.predict(repeated).logits, anew!.predict(repeated).logits, 1e-6);
  for (const model of [kept, anew]) model!.dispose();
});

test("freshHead(network, random) gives the dense layers new weights and keeps the trunk, and what its frozen stages made", () => {
  const first = transfer(1);
  const copy = freshHead(first, randomSource(2));
  const [own, theirs] = [first.weights(), copy.weights()];
  const same = Object.keys(own).filter((name) => own[name]!.every((x, i) => x === theirs[name]![i]));
  assert.deepEqual(Object.keys(own).filter((name) => !same.includes(name)).sort(), ["fc1.bias", "fc1.weight", "fc2.bias", "fc2.weight"]);
  assert.equal(copy.body, first.body);
  assert.ok(theirs["fc1.weight"]!.every((x) => Math.abs(x) <= 1 / Math.sqrt(32)));
  assert.deepEqual(freshHead(first, randomSource(2)).weights(), theirs);
});

test("frozen(layers) that keep features on disk leave no file behind, even while they are in use", () => {
  const place = mkdtempSync(join(tmpdir(), "almq-test-"));
  const model = transfer(1, { memory: 0, disk: 1, folder: place });
  const said = model.predict(images.resNet50).logits;
  assert.deepEqual(readdirSync(place), []);
  assert.deepEqual(model.predict(images.resNet50).logits, said);
  model.dispose();
  rmSync(place, { recursive: true });
});

test("resNet18Transfer trains all stages and keeps no tensor", async () => {
  const before = tf.memory().numTensors;
  const model = resNet18Transfer({ inputShape: [33, 33, 3], classes: 3, hidden: 32, dropout: 0.25, filters: 2, pretrained: pretrained.resNet18, random: randomSource(1) });
  const start = model.weights();
  const settings = { epochs: 12, batchSize: 2, learningRate: 0.01, patience: Infinity, fidelity: "paper" } as const;
  const request = { classifier: model, samples: images.resNet18, observations: [labeled(0, 1), labeled(1, 2)], settings, random: randomSource(2) };
  const { losses } = await fitAlone.fit(request);
  assert.ok(losses.at(-1)! < 0.8 * losses[0]!, losses.join());
  assert.notDeepEqual(model.weights()["conv1.weight"], start["conv1.weight"]);
  model.draws(images.resNet18, 3, randomSource(1));
  assert.equal(model.predict(images.resNet18, { embedding: true }).embedding!.width, 32);
  assert.equal(tf.memory().numTensors, before);
});

test("fit(request) of a narrow resNet18Transfer survives images of 224 × 224, and so does one of 50 layers", async () => {
  const random = randomSource(5);
  const samples = floatSamples(Float32Array.from({ length: 2 * 224 * 224 * 3 }, () => random.normal()), [224, 224, 3]);
  const settings = { epochs: 2, batchSize: 2, learningRate: 1e-3, fidelity: "paper" } as const;
  for (const make of [resNet18Transfer, resNet50Transfer]) {
    const model = make({ classes: 2, hidden: 8, filters: 8, random });
    const { losses } = await fitAlone.fit({ classifier: model, samples, observations: [labeled(0, 0), labeled(1, 1)], settings, random });
    assert.ok(losses.every(Number.isFinite));
    model.dispose();
  }
});

test("resNet18({ classes, random }) for small images ends in 8 × filters channels and learns", async () => {
  const model = resNet18({ inputShape: [16, 16, 1], classes: 2, filters: 4, random: randomSource(3) });
  assert.equal(model.weights()["fc.weight"]!.length, 32 * 2);
  const random = randomSource(4);
  const values = Float32Array.from({ length: 20 * 256 }, (_, i) => random.normal() + (Math.floor(i / 256) % 2));
  const samples = floatSamples(values, [16, 16, 1]);
  const observations = Array.from({ length: 20 }, (_, i) => labeled(i, i % 2));
  const settings = { epochs: 8, batchSize: 10, learningRate: 0.01, fidelity: "paper", optimizer: { name: "sgd", momentum: 0.9 } } as const;
  const { losses } = await fitAlone.fit({ classifier: model, samples, observations, settings, random });
  assert.ok(losses.at(-1)! < 0.5 * losses[0]!, losses.join());
});

test("fit(request) of resNet18 refuses a mini-batch that has one value per channel where it is normalised, rather than to spoil its running statistics", async () => {
  const random = randomSource(4);
  const before = tf.memory().numTensors;
  const classifier = resNet18({ inputShape: [8, 8, 1], classes: 2, filters: 2, random });
  const samples = floatSamples(Float32Array.from({ length: 4 * 64 }, () => random.normal()), [8, 8, 1]);
  const observations = [0, 1, 2].map((i) => labeled(i, i % 2));
  const settings = { epochs: 2, batchSize: 2, learningRate: 0.01, fidelity: "paper" } as const;
  const request = { classifier, samples, observations, settings, random };
  const fresh = classifier.weights();
  await assert.rejects(fitAlone.fit(request), { name: "InputError", message: /fit: expected mini-batches of at least 2 samples, for batch normalisation of one value per channel and sample, got 1 at observation 2 of 3/ });
  assert.deepEqual(classifier.weights(), fresh);
  await fitAlone.fit({ ...request, observations: [...observations, labeled(3, 1)] });
  assert.ok(classifier.predict(samples).logits.every(Number.isFinite));
  assert.equal(tf.memory().numTensors, before);
});

test("loadWeights(network, arrays) refuses arrays that are missing or of another shape", () => {
  const model = network({ inputShape: [3], layers: [dense(2, "fc")], random: randomSource(1) });
  assert.throws(() => loadWeights(model, {}), /loadWeights: expected weights named fc.weight, got none/);
  const bias = { shape: [2], values: new Float32Array(2) };
  const before = model.weights();
  assert.throws(() => loadWeights(model, { "fc.bias": bias, "fc.weight": { shape: [3, 2], values: new Float32Array(6) } }), InputError);
  assert.deepEqual(model.weights(), before);
});
