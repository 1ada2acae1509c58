import assert from "node:assert/strict";
import { test } from "node:test";
import { ratioOfConfidence } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

test("ratioOfConfidence(p) is 1 where the two best guesses tie and 0 where the model is certain", () => {
  assertNear(ratioOfConfidence([[0.4, 0.2, 0.4], [0, 1, 0], [0.5, 0.3, 0.2]]), [1, 0, 0.6], 1e-15);
});

test("ratioOfConfidence(p, { normalized: false }) is the raw ratio with its sign turned, −Infinity where certain", () => {
  assertNear(ratioOfConfidence([[0.5, 0.25, 0.25]], { normalized: false }), [-2], 1e-15);
  assert.deepEqual(ratioOfConfidence([[0, 1]], { normalized: false }), Float64Array.of(-Infinity));
});

test("ratioOfConfidence(p) agrees with the reference numbers", () => {
  assertNear(ratioOfConfidence(vectors.probabilities_mc), vectors.uncertainty.map((row) => row.ratio_of_confidence));
});
