import { test } from "node:test";
import { variance } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

test("variance(p) is twice the chance that two labels drawn from the prediction differ", () => {
  assertNear(variance([[0.5, 0.5], [1, 0], [0.9, 0.1]]), [1, 0, 0.36], 1e-15);
});

test("variance(p) agrees with the reference numbers", () => {
  assertNear(variance(vectors.probabilities_mc), vectors.class_scores.map((row) => row.variance));
});
