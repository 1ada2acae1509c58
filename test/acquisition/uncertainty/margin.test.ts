import { test } from "node:test";
import { margin } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

test("margin(p) is 1 where the two best guesses tie and 0 where the model is certain", () => {
  assertNear(margin([[0.4, 0.2, 0.4], [0, 1, 0], [0.5, 0.3, 0.2]]), [1, 0, 0.8], 1e-15);
});

test("margin(p, { normalized: false }) is the raw margin with its sign turned", () => {
  assertNear(margin([[0.5, 0.3, 0.2]], { normalized: false }), [-0.2], 1e-15);
  assertNear(margin(vectors.probabilities_mc, { normalized: false }), vectors.uncertainty.map((row) => -row.margin));
});

test("margin(p) agrees with the reference numbers", () => {
  for (const p of [vectors.probabilities_mean, vectors.probabilities_mc]) {
    assertNear(margin(p), vectors.uncertainty.map((row) => row.margin_of_confidence));
    assertNear(margin(p), vectors.class_scores.map((row) => row.one_minus_margin));
  }
});
