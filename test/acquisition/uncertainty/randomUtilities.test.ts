import assert from "node:assert/strict";
import { test } from "node:test";
import { randomSource, randomUtilities } from "almq";

test("randomUtilities(samples, random) depends on the seed and on nothing else", () => {
  assert.deepEqual(randomUtilities(5, randomSource(7)), randomUtilities(5, randomSource(7)));
  assert.notDeepEqual(randomUtilities(5, randomSource(7)), randomUtilities(5, randomSource(8)));
});

test("randomUtilities(samples, random) fills [0, 1) evenly", () => {
  const utilities = randomUtilities(20_000, randomSource(1));
  const mean = utilities.reduce((sum, u) => sum + u, 0) / utilities.length;
  assert.ok(Math.abs(mean - 0.5) < 4 * Math.sqrt(1 / 12 / utilities.length), `mean ${mean}`);
  assert.ok(utilities.every((u) => u >= 0 && u < 1));
});

test("randomUtilities(0, random) refuses an empty pool", () => {
  assert.throws(() => randomUtilities(0, randomSource(7)), /randomUtilities: expected at least one sample, got 0/);
});
