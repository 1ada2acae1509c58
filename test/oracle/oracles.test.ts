import assert from "node:assert/strict";
import { test } from "node:test";
import { abstainingOracle, labelOracle, noisyOracle, randomSource, tiringOracle, timedOracle, type Question } from "almq";

const labels = Int32Array.from({ length: 2000 }, (_, i) => i % 4);
const classQuestions = Array.from(labels, (_, sample): Question => ({ kind: "class", samples: [sample] }));
const anyQuestions = Array.from({ length: 1000 }, (_, i): Question => ({ kind: "any", class: i % 4, samples: [2 * i, 2 * i + 1] }));
const truth = labelOracle(labels, 4);

test("noisyOracle(oracle, rate) is wrong about that share, to every wrong class alike, and about the same questions in any order", async () => {
  const noisy = noisyOracle(truth, 0.3, 4, randomSource(1));
  const replies = await noisy.ask(classQuestions);
  const errors = replies.map(({ answer }, i) => ((answer as number) - labels[i]! + 4) % 4);
  const counts = [0, 1, 2, 3].map((by) => errors.filter((each) => each === by).length);
  assert.ok(Math.abs(counts[0]! / 2000 - 0.7) < 0.04, `${counts}`);
  for (const by of [1, 2, 3]) assert.ok(Math.abs(counts[by]! / 2000 - 0.1) < 0.03, `${counts}`);
  const backwards = await noisyOracle(truth, 0.3, 4, randomSource(1)).ask([...classQuestions].reverse());
  assert.deepEqual([...backwards].reverse(), replies);
});

test("noisyOracle(oracle, rate) turns yes into no and no into yes, and never at rate 0, always at rate 1", async () => {
  const right = await truth.ask(anyQuestions);
  assert.deepEqual(await noisyOracle(truth, 0, 4, randomSource(1)).ask(anyQuestions), right);
  const wrong = await noisyOracle(truth, 1, 4, randomSource(1)).ask(anyQuestions);
  assert.ok(wrong.every(({ answer }, i) => answer === (right[i]!.answer === "yes" ? "no" : "yes")));
  assert.throws(() => noisyOracle(truth, 1.1, 4, randomSource(1)), /noisyOracle: expected a rate from 0 to 1, got 1.1/);
});

test("abstainingOracle(oracle, rate) cannot tell that share, and answers truly else", async () => {
  const replies = await abstainingOracle(truth, 0.2, randomSource(1)).ask(classQuestions);
  const untold = replies.filter(({ answer }) => answer === "cannot tell").length;
  assert.ok(Math.abs(untold / 2000 - 0.2) < 0.04, `${untold}`);
  assert.ok(replies.every(({ answer }, i) => answer === "cannot tell" || answer === labels[i]));
  assert.throws(() => abstainingOracle(truth, -1, randomSource(1)), /abstainingOracle: expected a rate from 0 to 1, got -1/);
});

test("timedOracle(oracle, typical, spread) tells seconds with that median", async () => {
  const replies = await timedOracle(truth, () => 2, 0.5, randomSource(1)).ask(classQuestions);
  const seconds = replies.map((reply) => reply.seconds!).sort((a, b) => a - b);
  assert.ok(Math.abs(seconds[1000]! - 2) < 0.15, `${seconds[1000]}`);
  assert.deepEqual((await timedOracle(truth, ({ kind }) => (kind === "class" ? 3 : 1), 0, randomSource(1)).ask([classQuestions[0]!, anyQuestions[0]!])).map((reply) => reply.seconds), [3, 1]);
  await assert.rejects(timedOracle(truth, () => 0, 0, randomSource(1)).ask(anyQuestions), /timedOracle: expected finite seconds above 0, got 0 at any 0 0 1/);
});

/** The share of wrong answers in each tenth of what was asked. */
function errorsByTenth(replies: readonly { answer: unknown }[]): number[] {
  const size = replies.length / 10;
  const wrong = replies.map(({ answer }, i) => (answer === labels[i] ? 0 : 1) as number);
  return Array.from({ length: 10 }, (_, tenth) => wrong.slice(tenth * size, (tenth + 1) * size).reduce((a, b) => a + b) / size);
}

test("tiringOracle(oracle, fatigue) errs more with every answer it has given, up to its highest rate", async () => {
  const tiring = tiringOracle(truth, { rested: 0.1, perAnswer: 0.0005, most: 0.6 }, 4, randomSource(1));
  const halves = [await tiring.ask(classQuestions.slice(0, 1000)), await tiring.ask(classQuestions.slice(1000))]; // it remembers
  const errors = errorsByTenth(halves.flat());
  const expected = Array.from({ length: 10 }, (_, tenth) => Math.min(0.6, 0.1 + 0.0005 * (200 * tenth + 99.5)));
  errors.forEach((rate, tenth) => assert.ok(Math.abs(rate - expected[tenth]!) < 4.5 * Math.sqrt(0.25 / 200), `${errors} for ${expected}`));
});

test("tiringOracle(oracle, fatigue) is rested again after a break, and without growth is a noisy oracle", async () => {
  const withBreaks = await tiringOracle(truth, { perAnswer: 0.01, breakAfter: 50 }, 4, randomSource(1)).ask(classQuestions);
  errorsByTenth(withBreaks).forEach((rate) => assert.ok(Math.abs(rate - 0.245) < 4.5 * Math.sqrt(0.25 / 200), `${rate}`));
  assert.ok(withBreaks.every(({ answer }, i) => i % 50 !== 0 || answer === labels[i]), "the first answer of a session is right");
  const steady = await tiringOracle(truth, { rested: 0.3, perAnswer: 0 }, 4, randomSource(1)).ask(classQuestions);
  assert.deepEqual(steady, await noisyOracle(truth, 0.3, 4, randomSource(1)).ask(classQuestions));
});

test("tiringOracle(oracle, fatigue) is wrong when tired about all it is wrong about when rested", async () => {
  const rested = await tiringOracle(truth, { rested: 0.2, perAnswer: 0 }, 4, randomSource(1)).ask(classQuestions);
  const tired = await tiringOracle(truth, { rested: 0.2, perAnswer: 0.001 }, 4, randomSource(1)).ask(classQuestions);
  assert.ok(tired.every(({ answer }, i) => answer !== labels[i] || rested[i]!.answer === labels[i]));
});

test("tiringOracle(oracle, fatigue) refuses rates and breaks out of range", () => {
  const refused = (fatigue: Parameters<typeof tiringOracle>[1], message: RegExp) => assert.throws(() => tiringOracle(truth, fatigue, 4, randomSource(1)), message);
  refused({ rested: -0.1, perAnswer: 0 }, /tiringOracle: expected a rate from 0 to 1 when rested, got -0.1/);
  refused({ perAnswer: -1 }, /tiringOracle: expected a finite growth per answer of at least 0, got -1/);
  refused({ rested: 0.3, perAnswer: 0, most: 0.2 }, /tiringOracle: expected a highest rate from 0.3 to 1, got 0.2/);
  refused({ perAnswer: 0, breakAfter: 0 }, /tiringOracle: expected a break after at least one answer, got 0/);
});
