import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedCost, leastConfidence } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

test("expectedCost(p, costs) is the expected cost of the cheapest guess", () => {
  // Guessing 0 costs 20 · 0.1 on average, guessing 1 costs 1 · 0.9.
  assertNear(expectedCost([[0.9, 0.1], [0.99, 0.01]], [[0, 1], [20, 0]]), [0.9, 0.2], 1e-14);
});

test("expectedCost(p, costs) with cost 1 for every mistake is least confidence", () => {
  const costs = [0, 1, 2, 3].map((truth) => [0, 1, 2, 3].map((guess) => (truth === guess ? 0 : 1)));
  assertNear(expectedCost(vectors.probabilities_mc, costs), leastConfidence(vectors.probabilities_mc), 1e-8);
});

test("expectedCost(p, costs) refuses a table that is not square, or a cost that is none", () => {
  assert.throws(() => expectedCost([[0.5, 0.5]], [[0, 1]]), /expectedCost: expected a row of costs for each of 2 classes, got 1/);
  assert.throws(() => expectedCost([[0.5, 0.5]], [[0, 1], [1]]), /expectedCost: expected 2 costs in every row, got 1 at true class 1/);
  assert.throws(() => expectedCost([[0.5, 0.5]], [[0, -1], [1, 0]]), /expectedCost: expected finite costs of at least 0, got -1 at true class 0, guess 1/);
});
