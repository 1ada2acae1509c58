import assert from "node:assert/strict";
import { test } from "node:test";
import { ann, dense, dropout, floatSamples, frozen, InputError, leNet, logistic, network, randomSource, relu, resNet18, simpleCnn, type Samples } from "almq";
import { tf } from "../../lib/runtime/tensorflow";
import { assertNear } from "../acquisition/near";

function normalSamples(count: number, shape: number[], seed: number): Samples {
  const random = randomSource(seed);
  return floatSamples(Float32Array.from({ length: count * shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape);
}

test("logistic({ inputs, classes, random }) starts uniform in ±1/√inputs, biases too", () => {
  const model = logistic({ inputs: 64, classes: 10, random: randomSource(1) });
  const { "dense1.weight": weight, "dense1.bias": bias } = model.weights();
  assert.deepEqual([weight!.length, bias!.length], [640, 10]);
  for (const w of [...weight!, ...bias!]) assert.ok(Math.abs(w) <= 1 / 8);
  const variance = weight!.reduce((sum, w) => sum + w * w, 0) / 640;
  assertNear([variance], [1 / 64 / 3], 0.002);
});

test("predict(samples) of a logistic regression is x·W + b and its soft-max", () => {
  const model = logistic({ inputs: 3, classes: 2, random: randomSource(2) });
  const x = [0.5, -1, 2];
  const { "dense1.weight": w, "dense1.bias": b } = model.weights();
  const logits = [0, 1].map((l) => b![l]! + x.reduce((sum, xi, i) => sum + xi * w![i * 2 + l]!, 0));
  const said = model.predict(floatSamples(Float32Array.from(x), [3]), { embedding: true });
  assertNear(said.logits, logits, 1e-6);
  const total = Math.exp(logits[0]!) + Math.exp(logits[1]!);
  assertNear(said.probabilities.values, logits.map((z) => Math.exp(z) / total), 1e-6);
  assert.deepEqual(said.embedding, { values: Float32Array.from(x), width: 3 });
});

test("predict(samples) of an ann gives the hidden layer as embedding when asked, and only then", () => {
  const model = ann({ inputs: 5, hidden: 7, classes: 3, random: randomSource(3) });
  const samples = normalSamples(4, [5], 1);
  assert.equal(model.predict(samples).embedding, undefined);
  const { embedding, logits } = model.predict(samples, { embedding: true });
  assert.deepEqual([embedding!.width, embedding!.values.length], [7, 28]);
  const { "dense3.weight": w, "dense3.bias": b } = model.weights();
  for (let i = 0; i < 4; i++)
    for (let l = 0; l < 3; l++) {
      let z = b![l]!;
      for (let j = 0; j < 7; j++) z += embedding!.values[i * 7 + j]! * w![j * 3 + l]!;
      assertNear([logits[i * 3 + l]!], [z], 1e-5);
    }
});

const makers = {
  logistic: () => logistic({ inputs: 6, classes: 3, random: randomSource(4) }),
  ann: () => ann({ inputs: 6, hidden: 8, classes: 3, random: randomSource(4) }),
  "dropout twice": () =>
    network({ inputShape: [6], layers: [dense(9), relu(), dropout(0.25), dense(8), relu(), dropout(0.5), dense(3)], random: randomSource(4) }),
};

for (const [name, make] of Object.entries(makers)) {
  test(`draws(samples, count, random) of ${name}: one mask per draw, shared by every sample`, () => {
    const model = make();
    const one = normalSamples(1, [6], 2);
    const values = new Float32Array(6);
    one.read([0], values);
    const twins = floatSamples(Float32Array.from([...values, ...values, ...values]), [6]);
    const p = model.draws(twins, 5, randomSource(7));
    assert.deepEqual([p.samples, p.classes, p.draws], [3, 3, 5]);
    const rows = [0, 1, 2].map((i) => p.values.slice(i * 15, i * 15 + 15));
    assertNear(rows[1]!, rows[0]!, 1e-6);
    assertNear(rows[2]!, rows[0]!, 1e-6);
    assert.ok(new Set(rows[0]!.subarray(0, 5)).size > 1, "draws differ");
    assert.deepEqual(model.draws(twins, 5, randomSource(7)), p);
    assert.notDeepEqual(model.draws(twins, 5, randomSource(8)).values, p.values);
  });

  test(`draws(samples, count, random) of ${name} averages to about its prediction`, () => {
    const model = make();
    const samples = normalSamples(10, [6], 3);
    const { values } = model.draws(samples, 4000, randomSource(1));
    const { values: plain } = model.predict(samples).probabilities;
    const mean = Float64Array.from(plain, (_, row) => Array.from(values.subarray(row * 4000, (row + 1) * 4000)).reduce((a, b) => a + b, 0) / 4000);
    assertNear(mean, plain, 0.05);
  });

  test(`predict and draws of ${name} leave no tensor behind`, () => {
    const model = make();
    const before = tf.memory().numTensors;
    model.predict(normalSamples(10, [6], 3), { embedding: true });
    model.draws(normalSamples(10, [6], 3), 4, randomSource(1));
    model.clone().dispose();
    assert.equal(tf.memory().numTensors, before);
  });
}

test("draws(samples, count, random) of a logistic regression drops inputs: each draw is one of the 2ⁿ thinned models", () => {
  const model = logistic({ inputs: 2, classes: 2, random: randomSource(5) });
  const { "dense1.weight": w, "dense1.bias": b } = model.weights();
  const x = [1, -2];
  const p = model.draws(floatSamples(Float32Array.from(x), [2]), 200, randomSource(6));
  const possible = [[0, 0], [0, 1], [1, 0], [1, 1]].map((kept) => {
    const [z0, z1] = [0, 1].map((l) => b![l]! + kept.reduce((sum, k, i) => sum + (k * x[i]! * w![i * 2 + l]!) / 0.75, 0));
    return 1 / (1 + Math.exp(z1! - z0!));
  });
  const seen = possible.map((value) => Array.from(p.values.subarray(0, 200)).filter((q) => Math.abs(q - value) < 1e-6).length);
  assert.equal(seen.reduce((a, c) => a + c), 200);
  assertNear(seen.map((n) => n / 200), [1 / 16, 3 / 16, 3 / 16, 9 / 16], 0.12);
});

test("draws(samples, count, random) of a network without dropout are all its prediction", () => {
  const model = network({ inputShape: [6], layers: [dense(3)], random: randomSource(1) });
  const samples = normalSamples(5, [6], 1);
  const p = model.draws(samples, 3, randomSource(2));
  const plain = model.predict(samples).probabilities.values;
  p.values.forEach((value, at) => assertNear([value], [plain[Math.floor(at / 3)]!], 1e-6));
});

test("draws(samples, count, random) of a network whose dropout is frozen are all its prediction", () => {
  const model = network({ inputShape: [6], layers: [dense(9), ...frozen([dropout(0.5)]), dense(3)], random: randomSource(1) });
  const samples = normalSamples(5, [6], 1);
  const p = model.draws(samples, 3, randomSource(2));
  const plain = model.predict(samples).probabilities.values;
  p.values.forEach((value, at) => assertNear([value], [plain[Math.floor(at / 3)]!], 1e-6));
});

test("clone() copies the weights: changing one leaves the other", () => {
  const model = logistic({ inputs: 2, classes: 2, random: randomSource(1) });
  const copy = model.clone();
  assert.deepEqual(copy.weights(), model.weights());
  copy.values[0]!.fill(0);
  assert.notDeepEqual(copy.weights(), model.weights());
});

test("predict(samples) and draws(samples, count, random) refuse samples of another shape, none at all, and no draws", () => {
  const model = logistic({ inputs: 6, classes: 3, random: randomSource(1) });
  assert.throws(() => model.predict(normalSamples(2, [5], 1)), /predict: expected samples of shape 6, got shape 5/);
  assert.throws(() => model.predict(normalSamples(0, [6], 1)), /predict: expected at least one sample, got 0/);
  assert.throws(() => model.draws(normalSamples(0, [6], 1), 1, randomSource(1)), /draws: expected at least one sample, got 0/);
  assert.throws(() => model.draws(normalSamples(2, [6], 1), 0, randomSource(1)), InputError);
});

test("network({ layers }) refuses layers that do not fit", () => {
  const random = randomSource(1);
  assert.throws(() => network({ inputShape: [4, 4, 1], layers: [dense(3)], random }), /dense: expected vectors/);
  assert.throws(() => network({ inputShape: [4], layers: [dense(1)], random }), InputError);
  assert.throws(() => network({ inputShape: [4], layers: [dense(4, "a"), dense(2, "a")], random }), /network: expected layers of different names, got a/);
  assert.throws(() => dropout(1), InputError);
  assert.throws(() => dense(0), InputError);
});

test("network({ inputShape, layers }) and the models refuse sides that are none, no layers, and rates of dropout outside [0, 1)", () => {
  const random = randomSource(1);
  for (const inputs of [0, -1, NaN, 1.5, Infinity]) for (const model of [ann, logistic]) assert.throws(() => model({ inputs, classes: 2, random }), /network: expected samples of whole sides of at least 1, got/);
  for (const side of [0, -1, NaN, 28.5]) for (const model of [simpleCnn, leNet, resNet18]) for (const inputShape of [[28, 28, side], [side, 28, 1]] as [number, number, number][]) assert.throws(() => model({ inputShape, classes: 2, random }), InputError);
  assert.throws(() => network({ inputShape: [2], layers: [], random }), /network: expected at least one layer, got 0/);
  for (const rate of [-0.1, 1, NaN]) for (const model of [leNet, resNet18]) assert.throws(() => model({ inputShape: [32, 32, 3], classes: 2, dropout: rate, random }), /dropout: expected a rate from 0 to below 1/);
});

test("look(samples, { draws, embedding }) says in one pass what predict and draws say, and keeps no tensors", async () => {
  const samples = normalSamples(50, [6], 3);
  for (const layers of [[dense(5), relu(), dropout(0.5), dense(3)], [dropout(0.25), dense(7), relu(), dropout(0.5), dense(4), relu(), dense(3)], [dense(3)]]) {
    const model = network({ inputShape: [6], layers, random: randomSource(4) });
    const before = tf.memory().numTensors;
    const look = await model.look(samples, { embedding: true, draws: { count: 4, random: randomSource(9) } });
    assert.deepEqual(look.logits, model.predict(samples).logits);
    assert.deepEqual(look.embedding, model.predict(samples, { embedding: true }).embedding);
    assert.deepEqual(look.draws, model.draws(samples, 4, randomSource(9)));
    assert.equal((await model.look(samples)).draws, undefined);
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
  }
});

test("look(samples) lets timers run while it works; predict does not", async () => {
  const model = network({ inputShape: [400], layers: [dense(2000), relu(), dense(2000), relu(), dense(2)], random: randomSource(4) });
  const samples = normalSamples(20_000, [400], 3);
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  model.predict(samples);
  assert.equal(ticks, 0);
  await model.look(samples);
  clearInterval(timer);
  assert.ok(ticks > 1);
  model.dispose();
});

test("restore(weights) takes over what weights() told, and refuses what the network does not have, taking over nothing then", () => {
  const model = () => ann({ inputs: 3, classes: 2, hidden: 4, random: randomSource(++seed) });
  let seed = 0;
  const [from, to] = [model(), model()];
  assert.notDeepEqual(to.weights(), from.weights());
  const before = to.weights();
  const [name, values] = Object.entries(from.weights())[0]!;
  assert.throws(() => to.restore({ [name]: values, other: values }), /restore: expected weights of .*, got other/);
  assert.throws(() => to.restore({ constructor: new Float32Array(1) }), /restore: expected weights of .*, got constructor/);
  assert.throws(() => to.restore({ ...from.weights(), [name]: values.subarray(1) }), /restore: expected 12 numbers, got 11 at /);
  assert.deepEqual(to.weights(), before);
  to.restore(from.weights());
  assert.deepEqual(to.weights(), from.weights());
  values.fill(0);
  to.restore({ [name]: values });
  assert.deepEqual(to.weights(), { ...from.weights(), [name]: values }, "those that are not given stay");
});
