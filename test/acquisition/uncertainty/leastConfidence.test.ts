import { test } from "node:test";
import { leastConfidence } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

test("leastConfidence(p) is the chance that the best guess is wrong", () => {
  assertNear(leastConfidence([[0.7, 0.2, 0.1], [1, 0, 0], [1 / 3, 1 / 3, 1 / 3]]), [0.3, 0, 2 / 3], 1e-15);
});

test("leastConfidence(p, { normalized: true }) reaches 1 for equally likely classes", () => {
  assertNear(leastConfidence([[0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0]], { normalized: true }), [1, 0], 1e-15);
});

test("leastConfidence(p) agrees with the reference numbers", () => {
  for (const p of [vectors.probabilities_mean, vectors.probabilities_mc]) {
    assertNear(leastConfidence(p), vectors.class_scores.map((row) => row.least_confidence));
    assertNear(leastConfidence(p, { normalized: true }), vectors.uncertainty.map((row) => row.least_confidence_normalized));
  }
});
