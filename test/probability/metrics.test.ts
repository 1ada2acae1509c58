import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { metrics } from "almq";

const near = (value: number, expected: number) => ok(Math.abs(value - expected) < 1e-12, `${value} is not ${expected}`);

test("metrics(p, labels) gives each mean of its definition", () => {
  const { accuracy, crossEntropy, entropy, variance, leastConfidence } = metrics([[0.8, 0.2], [0.6, 0.4]], [0, 1]); // prettier-ignore
  const log = (p: number) => Math.log(p + 1e-5);
  equal(accuracy, 0.5);
  near(crossEntropy, -(log(0.8) + log(0.4)) / 2);
  near(entropy, -(0.8 * log(0.8) + 0.2 * log(0.2) + 0.6 * log(0.6) + 0.4 * log(0.4)) / 2);
  near(variance, (0.32 + 0.48) / 2);
  near(leastConfidence, (0.2 + 0.4) / 2);
});

test("metrics(p, labels) of certain and of undecided models", () => {
  const certain = metrics([[1, 0, 0]], [0]);
  deepEqual([certain.accuracy, certain.variance, certain.leastConfidence], [1, 0, 0]);
  near(certain.crossEntropy, -Math.log(1 + 1e-5));
  const wrong = metrics([[1, 0, 0]], [2]);
  near(wrong.crossEntropy, -Math.log(1e-5));
  const undecided = metrics([[0.25, 0.25, 0.25, 0.25]], [0]);
  near(undecided.variance, 0.75);
  near(undecided.leastConfidence, 0.75);
  equal(undecided.accuracy, 1, "the first of equal classes is taken");
});

test("metrics(p, labels) averages draws first", () => {
  deepEqual(metrics([[[0.5, 0.75], [0.5, 0.25]]], [0]), metrics([[0.625, 0.375]], [0])); // prettier-ignore
});

test("metrics(p, labels) refuses missing labels and labels that are no class", () => {
  throws(() => metrics([[0.5, 0.5]], []), /metrics: expected 1 labels, got 0/);
  throws(() => metrics([[0.5, 0.5]], [2]), /metrics: expected labels from 0 to 1, got 2 at sample 0/);
  throws(() => metrics([[0.5, 0.6]], [0]), /metrics: expected probabilities summing to 1/);
});
