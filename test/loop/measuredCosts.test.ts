import assert from "node:assert/strict";
import { test } from "node:test";
import { allOffer, classOffer, measuredCosts, type Question } from "almq";

const offers = [classOffer({ cost: 1 }), allOffer({ size: 2, cost: 0.5 })];
const label: Question = { kind: "class", samples: [0] };
const all: Question = { kind: "all", class: 1, samples: [2, 3] };

test("measuredCosts(offers) are the assumed ones until an answer is timed", () => {
  const costs = measuredCosts(offers);
  costs.learn(label, undefined);
  assert.deepEqual(costs.offers, offers);
  assert.deepEqual(costs.table.map(({ answers, cost }) => [answers, cost]), [[0, 1], [0, 0.5]]);
});

test("measuredCosts(offers) stay as they are when the seconds agree with them", () => {
  const costs = measuredCosts(offers);
  for (let i = 0; i < 7; i++) {
    costs.learn(label, 4);
    costs.learn(all, 2);
  }
  assert.deepEqual(costs.table, [
    { question: "Class", answers: 7, seconds: 4, assumed: 1, cost: 1 },
    { question: "All2", answers: 7, seconds: 2, assumed: 0.5, cost: 0.5 },
  ]);
});

test("measuredCosts(offers) move by the weight of the answers towards the ratio of the medians", () => {
  const costs = measuredCosts(offers);
  for (let i = 0; i < 5; i++) {
    costs.learn(label, 3);
    costs.learn(all, i === 0 ? 60 : 3); // one slow answer leaves the median
  }
  // seconds per unit of cost: 3 (five times), 6 (four times), 120 → the median, between 3 and 6, is 4.5
  const [ofClass, ofAll] = costs.table.map(({ cost }) => cost);
  const unit = 4.5;
  assert.ok(Math.abs(ofClass! - ((5 * 3) / unit + 5) / 10) < 1e-12, `${ofClass}`);
  assert.ok(Math.abs(ofAll! - ((5 * 3) / unit + 2.5) / 10) < 1e-12, `${ofAll}`);
  for (let i = 0; i < 2000; i++) {
    costs.learn(label, 3);
    costs.learn(all, 3);
  }
  const [a, b] = costs.table.map(({ cost }) => cost);
  assert.ok(Math.abs(b! / a! - 1) < 0.01, `equal seconds make equal costs: ${a}, ${b}`);
});

test("measuredCosts(offers) refuse seconds that are none", () => {
  assert.throws(() => measuredCosts(offers).learn(label, -1), /measuredCosts: expected finite seconds of at least 0, got -1/);
  assert.throws(() => measuredCosts(offers).learn(label, NaN), /measuredCosts: expected finite seconds of at least 0, got NaN/);
});
