import assert from "node:assert/strict";
import { test } from "node:test";
import { abstainingOracle, labelOracle, noisyOracle, randomSource, timedOracle, type Question } from "almq";

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
