import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedGradientLength } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

/** ‖∂(−log softmax(W h)[y]) / ∂W‖ by central differences at W = 0 plus the logits as a bias that does not move. */
function numericGradientLength(logits: number[], h: number[], label: number): number {
  const step = 1e-5;
  const loss = (row: number, column: number, change: number) => {
    const z = logits.map((logit, l) => logit + (l === row ? change * h[column]! : 0));
    return -z[label]! + Math.log(z.reduce((sum, x) => sum + Math.exp(x), 0));
  };
  let square = 0;
  for (let row = 0; row < logits.length; row++)
    for (let column = 0; column < h.length; column++) square += ((loss(row, column, step) - loss(row, column, -step)) / (2 * step)) ** 2;
  return Math.sqrt(square);
}

test("expectedGradientLength(p, h) agrees with gradients by finite differences, with and without biases", () => {
  const { probabilities, embeddings } = vectors.badge;
  const sums = probabilities.map((row) => row.reduce((sum, p) => sum + p));
  for (const bias of [true, false]) {
    const expected = probabilities.map((row, i) => {
      const h = bias ? [...embeddings[i]!, 1] : embeddings[i]!;
      return row.reduce((sum, p, label) => sum + p * numericGradientLength(row.map((q) => Math.log(q / sums[i]!)), h, label), 0);
    });
    assertNear(expectedGradientLength(probabilities, embeddings, { bias }), expected, 2e-6);
  }
});

test("expectedGradientLength(p, h) is 0 where the model is certain", () => {
  assert.deepEqual(expectedGradientLength([[1, 0]], [[3, 4]]), Float64Array.of(0));
});

test("expectedGradientLength(p, h) refuses embeddings of other samples", () => {
  assert.throws(() => expectedGradientLength([[0.5, 0.5]], [[1], [2]]), /expectedGradientLength: expected features of 1 samples, got 2/);
});
