import assert from "node:assert/strict";
import { test } from "node:test";
import { median } from "../../lib/runtime/median";

test("median(values) is the middle value, or the mean of the middle two, whatever their order", () => {
  assert.equal(median([10, 9, 100]), 10);
  assert.equal(median([60.6, 55.8]), (55.8 + 60.6) / 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([7]), 7);
  assert.throws(() => median([]), /median: expected one value or more, got none/);
});
