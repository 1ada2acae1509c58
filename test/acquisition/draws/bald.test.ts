import assert from "node:assert/strict";
import { test } from "node:test";
import { bald } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

test("bald(p) is log 2 where two certain draws contradict each other, 0 where all are equally unsure", () => {
  assertNear(bald([[[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]]), [Math.log(2), 0], 1e-15);
});

test("bald(p) agrees with the reference numbers, exact and with the paper's constant", () => {
  assertNear(bald(vectors.probabilities_mc), vectors.committee.map((row) => row.bald_nats));
  assertNear(bald(vectors.probabilities_mc, { base: "bits" }), vectors.committee.map((row) => row.bald_nats / Math.LN2));
  assertNear(bald(vectors.probabilities_mc, { smoothing: 1e-5 }), vectors.bald_class.map((row) => row.value));
});

test("bald(p) refuses a single draw, for one network cannot disagree with itself", () => {
  assert.throws(() => bald([[0.5, 0.5]]), /bald: expected at least two draws, got 1/);
});
