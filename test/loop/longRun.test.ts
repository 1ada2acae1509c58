import assert from "node:assert/strict";
import { test } from "node:test";
import { activeLearning, almqStrategy, fitCrowd, floatSamples, labeled, labelOracle, logistic, randomSource } from "almq";
import { tf } from "../../lib/runtime/tensorflow";

/** Rounds of the run: ALMQ_ROUNDS=1000 for the whole experiment. */
const rounds = Number(process.env.ALMQ_ROUNDS ?? 60);
const classes = 3;
const pool = 8 * rounds + 200;

test(`activeLearning(run) over ${rounds} rounds of ALMQ keeps no tensor; over many, its resident memory stays flat`, async (t) => {
  const random = randomSource(1);
  const labels = Int32Array.from({ length: pool }, () => random.integer(classes));
  const samples = floatSamples(Float32Array.from({ length: pool * 8 }, (_, i) => random.normal() + (i % 8 === labels[i >> 3] ? 2 : 0)), [8]);
  const classifier = logistic({ inputs: 8, classes, dropout: 0.25, random: random.split("weights") });
  const tensors = tf.memory().numTensors;
  const resident: number[] = [];
  let longest = 0;
  let last = performance.now();
  const clock = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await activeLearning({
    pool: samples,
    labels,
    classifier,
    oracle: labelOracle(labels, classes),
    strategy: almqStrategy({ all: [0.3, 0.3, 0.3], any: [0.3, 0.3] }, "paper"),
    initial: Array.from({ length: 20 }, (_, sample) => labeled(sample, labels[sample]!)),
    budget: 3 * rounds,
    batchBudget: 1,
    stopWhen: (states) => (states.length > rounds ? { by: "rounds", because: `${rounds} are done` } : undefined),
    exploration: { rate: 0.25, initialQuantile: 0.05 },
    fit: { epochs: 2, batchSize: 128, learningRate: 1e-3, fidelity: "paper" },
    trainer: fitCrowd(),
    onBatch: () => void resident.push(process.memoryUsage.rss()),
    random,
  });
  clearInterval(clock);
  classifier.dispose();
  assert.equal(resident.length, rounds);
  assert.equal(tf.memory().numTensors, tensors);
  const mean = (part: readonly number[]) => part.reduce((sum, bytes) => sum + bytes, 0) / part.length / 2 ** 20;
  const fifth = Math.floor(resident.length / 5);
  const [early, late] = [mean(resident.slice(fifth, 2 * fifth)), mean(resident.slice(-fifth))];
  t.diagnostic(`${resident.length} rounds; resident ${early.toFixed(0)} MiB in the second fifth, ${late.toFixed(0)} MiB in the last; the event loop waited at most ${longest.toFixed(0)} ms`);
  if (rounds >= 500) assert.ok(late < early + 64, `${early} to ${late} MiB`); // before, the engine still warms up
});
