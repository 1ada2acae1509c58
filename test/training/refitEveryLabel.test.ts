import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedErrorReduction, fitAlone, fitCrowd, gaussianClasses, labeled, logistic, randomSource, refitEveryLabel } from "almq";
import { tf } from "../../lib/runtime/tensorflow";

const random = randomSource("refits");
const world = gaussianClasses([{ name: "left", count: 20, mean: [-1, 0], sd: 1 }, { name: "right", count: 20, mean: [1, 0], sd: 1 }, { name: "up", count: 20, mean: [0, 3], sd: 1 }], {}, random.split("world"));
const settings = { epochs: 30, batchSize: 8, learningRate: 0.05, fidelity: "corrected" } as const;
const observations = [0, 1, 2].map((c) => labeled(world.labels.indexOf(c), c));

async function beginner() {
  const classifier = logistic({ inputs: 2, classes: 3, random: random.split("weights") });
  await fitAlone.fit({ classifier, samples: world.samples, observations, settings, random: random.split("fit") });
  return { classifier, samples: world.samples, observations, settings, random: random.split("try") };
}

test("refitEveryLabel(request) predicts what a copy says that learned the label, and leaves the classifier and memory as they were", async () => {
  const fit = await beginner();
  const before = fit.classifier.weights();
  const tensors = tf.memory().numTensors;
  const refit = await refitEveryLabel({ ...fit, candidates: [5, 9], evaluated: [1, 2, 3, 4] });
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(fit.classifier.weights(), before);

  const copy = fit.classifier.clone();
  await fitAlone.fit({ ...fit, classifier: copy, observations: [...observations, labeled(9, 2)], random: fit.random.split("refit") });
  const expected = copy.predict(world.samples).probabilities.values.slice(3, 15);
  const found = refit(9, 2) as ReturnType<typeof copy.predict>["probabilities"];
  assert.deepEqual([found.samples, found.classes], [4, 3]);
  found.values.forEach((p, at) => assert.ok(Math.abs(p - expected[at]!) < 1e-5));
  copy.dispose();
});

test("refitEveryLabel(request) does not depend on the trainer, nor on which other candidates are tried", async () => {
  const fit = await beginner();
  const p = fit.classifier.predict(world.samples).probabilities;
  const utilities = async (candidates: number[], trainer = fitCrowd()) => expectedErrorReduction(p, await refitEveryLabel({ ...fit, candidates, trainer }), { candidates });
  const all = Array.from({ length: 30 }, (_, i) => i + 10); // 90 fits: more than are stepped together
  const together = await utilities(all);
  const alone = await utilities([17], fitAlone);
  assert.ok(Math.abs(together[7]! - alone[0]!) < 1e-5);
  assert.ok(new Set(together).size > 20);
});

test("refitEveryLabel(request) refuses samples that are none, and its refit what was not tried", async () => {
  const fit = await beginner();
  await assert.rejects(refitEveryLabel({ ...fit, candidates: [60] }), /refitEveryLabel: expected indices from 0 to 59, got 60/);
  await assert.rejects(refitEveryLabel({ ...fit, candidates: [1], evaluated: [2, 2] }), /refitEveryLabel/);
  const refit = await refitEveryLabel({ ...fit, candidates: [1] });
  assert.throws(() => refit(2, 0), /refitEveryLabel: expected one of the candidates that were tried, and a class, got 2 0/);
});
