import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cohenKappa, predictedClasses } from "almq";

const labels = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 40 });

test("cohenKappa(first, second) gives the worked values of the textbook: 0.4 for 20 + 15 of 50 agreed", () => {
  const pairs = [[0, 0, 20], [0, 1, 5], [1, 0, 10], [1, 1, 15]] as const; // both yes, first yes, second yes, both no
  const first = pairs.flatMap(([a, , count]) => Array<number>(count).fill(a));
  const second = pairs.flatMap(([, b, count]) => Array<number>(count).fill(b));
  assert.ok(Math.abs(cohenKappa(first, second) - 0.4) < 1e-12);
});

test("cohenKappa(first, second) is symmetric, 1 only for full agreement, and does not mind how classes are numbered", () => {
  fc.assert(
    fc.property(labels, (pairs) => {
      const [first, second] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
      const kappa = cohenKappa(first, second);
      assert.ok(kappa >= -1 - 1e-12 && kappa <= 1);
      assert.equal(kappa === 1, first.every((a, i) => a === second[i]));
      assert.ok(Math.abs(cohenKappa(second, first) - kappa) < 1e-12);
      const renumbered = (each: number) => 7 - 2 * each;
      assert.ok(Math.abs(cohenKappa(first.map(renumbered), second.map(renumbered)) - kappa) < 1e-12);
    }),
  );
});

test("cohenKappa(first, second) is about 0 where agreement is chance, and 1 for two who know one class only", () => {
  const first = Array.from({ length: 400 }, (_, i) => i % 2);
  const second = Array.from({ length: 400 }, (_, i) => (i >> 1) % 2);
  assert.equal(cohenKappa(first, second), 0);
  assert.equal(cohenKappa([2, 2, 2], [2, 2, 2]), 1);
});

test("cohenKappa(first, second) refuses lists that are no classes of the same samples", () => {
  assert.throws(() => cohenKappa([0, 1], [0]), /cohenKappa: expected 2 samples from both, got 1/);
  assert.throws(() => cohenKappa([], []), /cohenKappa: expected at least one sample, got 0/);
  assert.throws(() => cohenKappa([0, 0.5], [0, 1]), /cohenKappa: expected classes that are whole numbers of at least 0, got 0.5 at sample 1/);
});

test("predictedClasses(p) is the largest mean over draws, the first at a tie", () => {
  assert.deepEqual(predictedClasses([[[0.9, 0.2], [0.1, 0.8]], [[0.5, 0.5], [0.5, 0.5]]]), Int32Array.of(0, 0));
  assert.deepEqual(predictedClasses([[[0.9, 0], [0.1, 1]]]), Int32Array.of(1));
});
