import assert from "node:assert/strict";
import { test } from "node:test";
import { allOffer, answerLoss, answerProbability, anyOffer, classOffer, evidence, offerName, requireQuestion, type Question } from "almq";
import { vectors } from "../reference/vectors";

test("answerProbability(question, answer, p) gives yes and no together all of the probability", () => {
  for (const kind of ["all", "any"] as const) {
    const question: Question = { kind, class: 1, samples: [4, 7, 2] };
    const p = [0.9, 0.35, 0.6];
    assert.equal(answerProbability(question, "yes", p) + answerProbability(question, "no", p), 1);
  }
});

test("answerProbability(question, answer, p) agrees with the reference losses", () => {
  for (const { samples, class: y, answer, ...losses } of vectors.losses)
    for (const kind of ["all", "any"] as const) {
      const p = samples.map((sample) => vectors.probabilities_mean[sample]![y]!);
      const probability = answerProbability({ kind, class: y, samples }, answer === 1 ? "yes" : "no", p);
      assert.ok(Math.abs(answerLoss(probability) - losses[kind]) < 1e-6, `${kind} of ${samples}, class ${y}, answer ${answer}`);
    }
});

test("All and Any of one sample are the same question", () => {
  for (const answer of ["yes", "no"] as const)
    assert.equal(
      answerProbability({ kind: "all", class: 0, samples: [3] }, answer, [0.25]),
      answerProbability({ kind: "any", class: 0, samples: [3] }, answer, [0.25]),
    );
});

test("evidence(question, 'cannot tell') is none, and its probability is 1", () => {
  const question: Question = { kind: "any", class: 0, samples: [1, 2] };
  assert.equal(evidence(question, "cannot tell"), undefined);
  assert.equal(answerProbability(question, "cannot tell", [0.5, 0.5]), 1);
});

test("offers refuse costs and sizes that make no sense", () => {
  assert.throws(() => classOffer({ cost: 0 }), /classOffer: expected a finite cost above 0, got 0/);
  assert.throws(() => classOffer({ cost: NaN }), /classOffer: expected a finite cost above 0, got NaN/);
  assert.throws(() => allOffer({ size: 0, cost: 1 }), /allOffer: expected a size of at least 1, got 0/);
  assert.throws(() => anyOffer({ size: 1.5, cost: 1 }), /anyOffer: expected a size of at least 1, got 1.5/);
  assert.throws(() => anyOffer({ size: 2, cost: 1, threshold: 1 }), /anyOffer: expected a threshold from −1 to below 1, got 1/);
});

test("offerName(offer) is the short name", () => {
  assert.deepEqual([classOffer({ cost: 1 }), allOffer({ size: 3, cost: 1 }), anyOffer({ size: 2, cost: 1 })].map(offerName), ["Class", "All3", "Any2"]);
});

test("requireQuestion(caller, question, pool) names what cannot be asked", () => {
  const of = { samples: 5, classes: 3 };
  const refused = (question: Question, message: RegExp) => assert.throws(() => requireQuestion("ask", question, of), message);
  refused({ kind: "all", class: 3, samples: [0] }, /ask: expected a class from 0 to 2, got 3/);
  refused({ kind: "any", class: 0, samples: [0, 5] }, /ask: expected samples from 0 to 4, got 5/);
  refused({ kind: "any", class: 0, samples: [1, 1] }, /ask: expected different samples/);
  refused({ kind: "all", class: 0, samples: [] }, /ask: expected at least one sample, got 0/);
});
