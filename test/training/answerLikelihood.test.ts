import assert from "node:assert/strict";
import { test } from "node:test";
import { labeled, randomSource, type AnsweredQuestion } from "almq";
import { answerLikelihood } from "../../lib/training/answerLikelihood";
import { encodeAnswers } from "../../lib/training/encodedAnswers";
import { assertNear } from "../acquisition/near";
import { vectors } from "../reference/vectors";

const p = vectors.probabilities_mean;
const classes = p[0]!.length;

const inOrder = (observed: AnsweredQuestion[]) => Int32Array.from(observed.keys());

/** Loss and slope of observations, logits row by row of the samples they show. */
function likelihood(observed: AnsweredQuestion[], logitsOf: (sample: number) => number[]): { loss: number; slope: Float32Array } {
  const answers = encodeAnswers(observed, inOrder(observed), p.length, classes);
  const logits = Float32Array.from(Array.from(answers.samples).flatMap(logitsOf));
  const slope = new Float32Array(logits.length);
  return { loss: answerLikelihood(logits, 0, classes, answers, 0, answers.count, slope), slope };
}

const logarithms = (sample: number) => p[sample]!.map(Math.log);

test("answerLikelihood of All and Any agrees with the reference numbers", () => {
  for (const { samples, class: asked, answer, all, any } of vectors.losses)
    for (const [kind, expected] of [["all", all], ["any", any]] as const) {
      const observed: AnsweredQuestion = { question: { kind, class: asked, samples }, answer: answer === 1 ? "yes" : "no" };
      assertNear([likelihood([observed], logarithms).loss * samples.length], [expected], 1e-6);
    }
});

test("answerLikelihood counts a labeled sample twice in its divisor", () => {
  for (const { sample, label, loss } of vectors.class_losses)
    assertNear([likelihood([labeled(sample, label)], logarithms).loss * 2], [loss], 1e-6);
});

const mixed: AnsweredQuestion[] = [
  labeled(0, 1),
  labeled(3, 2),
  { question: { kind: "all", class: 1, samples: [1, 5, 7] }, answer: "no" },
  { question: { kind: "all", class: 0, samples: [2, 4] }, answer: "yes" },
  { question: { kind: "any", class: 3, samples: [6, 8, 9, 10] }, answer: "yes" },
  { question: { kind: "any", class: 2, samples: [11] }, answer: "no" },
];

test("answerLikelihood of a mini-batch is the sum of its losses divided by all samples shown and the labeled ones again", () => {
  const alone = mixed.reduce((sum, one) => {
    const divisor = one.question.kind === "class" ? 2 : one.question.samples.length;
    return sum + likelihood([one], logarithms).loss * divisor;
  }, 0);
  assertNear([likelihood(mixed, logarithms).loss], [alone / (2 * 2 + 3 + 2 + 4 + 1)], 1e-12);
});

test("answerLikelihood's slope agrees with finite differences for every answer", () => {
  const random = randomSource(5);
  const answers = encodeAnswers(mixed, inOrder(mixed), p.length, classes);
  const logits = Float32Array.from({ length: answers.samples.length * classes }, () => Math.fround(2 * random.normal()));
  const slope = new Float32Array(logits.length);
  answerLikelihood(logits, 0, classes, answers, 0, answers.count, slope);
  const step = 2 ** -9; // exact in single precision beside logits of size 8
  const differences = Float64Array.from(logits, (_, at) => {
    const [up, down] = [step, -step].map((h) => {
      const moved = logits.slice();
      moved[at]! += h;
      return answerLikelihood(moved, 0, classes, answers, 0, answers.count, new Float32Array(logits.length));
    });
    return (up! - down!) / (2 * step);
  });
  assertNear(slope, differences, 2e-6);
  assert.ok(slope.some((s) => Math.abs(s) > 0.01));
});
