import assert from "node:assert/strict";
import { test } from "node:test";
import { entropy } from "almq";
import { logProbability } from "../../../lib/acquisition/arithmetic/logProbability";
import { rowEntropies } from "../../../lib/acquisition/arithmetic/rowEntropies";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

test("entropy(p) of a certain and of a uniform prediction is 0 and log(classes)", () => {
  assertNear(entropy([[1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25]]), [0, Math.log(4)], 1e-15);
  assert.ok(Object.is(entropy([[1, 0]])[0], 0), "not −0");
});

test("entropy(p, { base, normalized }) counts in bits, or from 0 to 1", () => {
  assertNear(entropy([[0.5, 0.5]], { base: "bits" }), [1], 1e-15);
  assertNear(entropy([[1 / 3, 1 / 3, 1 / 3]], { normalized: true }), [1], 1e-15);
  assertNear(entropy([[0.5, 0.5, 0]], { normalized: true, base: "bits" }), [Math.log(2) / Math.log(3)], 1e-15);
});

test("entropy(p) agrees with the reference numbers, from the mean and from the draws", () => {
  const { uncertainty, probabilities_mean, probabilities_mc } = vectors;
  for (const p of [probabilities_mean, probabilities_mc]) {
    assertNear(entropy(p), uncertainty.map((row) => row.entropy_nats));
    assertNear(entropy(p, { base: "bits" }), uncertainty.map((row) => row.entropy_bits));
    assertNear(entropy(p, { normalized: true }), uncertainty.map((row) => row.entropy_normalized));
    assertNear(entropy(p, { smoothing: 1e-5 }), vectors.class_scores.map((row) => row.entropy));
  }
});

test("entropy(p, { smoothing }) refuses a constant outside [0, 1) and an unknown base", () => {
  assert.throws(() => entropy([[0.5, 0.5]], { smoothing: -1e-5 }), /entropy: expected a smoothing from 0 to below 1, got -0.00001/);
  assert.throws(() => entropy([[0.5, 0.5]], { base: "dits" as "bits" }), /entropy: expected a base of "nats" or "bits", got dits/);
});

test("entropy(p) names the first row that is no distribution", () => {
  assert.throws(() => entropy([[0.5, 0.5], [0.8, 0.4]]), /entropy: expected probabilities summing to 1, got 1.2 at sample 1/);
  assert.throws(() => entropy([[NaN, 0.5]]), /entropy: expected probabilities from 0 to 1, got NaN at sample 0/);
  assert.throws(() => entropy([]), /entropy: expected at least one sample, got 0/);
});

test("logProbability(p) is the logarithm to the last digits, at every magnitude", () => {
  for (let exponent = 0; exponent > -1022; exponent -= 0.37) {
    const p = 2 ** exponent;
    assert.ok(Math.abs(logProbability(p) - Math.log(p)) <= 4e-16 * Math.max(4, Math.abs(Math.log(p))), `p = ${p}: ${logProbability(p)} and ${Math.log(p)}`);
  }
  for (const p of [1, 0, 1 - 2 ** -53, 1 + 1e-5]) assert.ok(Math.abs(logProbability(p) - (p && Math.log(p))) < 2e-16, String(p));
});

test("rowEntropies(values, width) is −Σ p log p to the last digits, in single and in double precision", () => {
  const powers = Array.from({ length: 3000 }, (_, i) => 2 ** (-0.37 * i)); // down to the smallest doubles, and below the smallest singles
  const hard = [0, -0, 1, 1 - 2 ** -53, 1 - 2 ** -24, 0.5, 1e-310, 2 ** -1074, 2 ** -149, 1.5 * 2 ** -127, ...powers];
  for (const values of [Float64Array.from(hard), Float32Array.from(hard)])
    rowEntropies(values, 1).forEach((entropy, i) => {
      const p = values[i]!;
      const expected = p === 0 ? 0 : -p * Math.log(p);
      assert.ok(Math.abs(entropy - expected) <= Math.max(1e-15 * expected, 1e-36), `p = ${p}: ${entropy} and ${expected}`);
      assert.ok(!Object.is(entropy, -0));
    });
  assertNear(rowEntropies(Float64Array.of(9, 0.5, 0.5, 0, 1).subarray(1), 2), [Math.LN2, 0], 1e-15);
});
