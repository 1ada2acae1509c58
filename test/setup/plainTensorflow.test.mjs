import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

/** Fits a small model in a process of its own. */
const script = `
  const { fitAlone, floatSamples, labeled, logistic, randomSource } = require("almq");
  const { tf } = require("./.build/lib/runtime/tensorflow");
  const random = randomSource(1);
  const samples = floatSamples(Float32Array.from({ length: 300 }, () => random.next()), [3]);
  const observations = Array.from({ length: 100 }, (_, i) => labeled(i, i % 3));
  const classifier = logistic({ inputs: 3, classes: 3, random });
  const settings = { epochs: 5, batchSize: 32, learningRate: 0.01, fidelity: "corrected" };
  fitAlone.fit({ classifier, samples, observations, settings, random }).then(({ losses }) =>
    console.log(JSON.stringify({ backend: tf.getBackend(), losses, other: require("@tensorflow/tfjs-node").getBackend(), frame: require("danfojs-node").tensorflow.engine() === tf.engine() })));
`;
const fitted = (/** @type {NodeJS.ProcessEnv} */ variables) => {
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8", env: { ...process.env, ...variables } });
  return { ...JSON.parse(stdout || assert.fail(stderr)), stderr };
};

test("ALMQ_TENSORFLOW=plain fits in plain JavaScript, warns once how slow that is, and learns the same", () => {
  const plain = fitted({ ALMQ_TENSORFLOW: "plain" });
  assert.equal(plain.backend, "cpu");
  assert.ok(plain.frame, "danfojs shares the one TensorFlow");
  assert.match(plain.stderr, /^\(node:\d+\) \[PLAIN_TENSORFLOW\] almq: TensorFlow runs in plain JavaScript \(as ALMQ_TENSORFLOW=plain asks\)/);
  assert.equal(plain.stderr.match(/PLAIN_TENSORFLOW\]/g)?.length, 1);
  assert.doesNotMatch(plain.stderr, /node backend/);
  const { losses, frame } = fitted({ ALMQ_TENSORFLOW: "" });
  assert.ok(frame);
  assert.equal(losses.length, 5);
  losses.forEach((/** @type {number} */ loss, /** @type {number} */ epoch) => assert.ok(Math.abs(loss - plain.losses[epoch]) < 1e-5, `${loss} and ${plain.losses[epoch]}`));
});
