import assert from "node:assert/strict";

/** Numbers rounded to nine significant digits agree with exact ones to about this much. */
const rounding = 2e-8;

/** Fails where two lists of numbers differ by more than rounding explains, naming the place. */
export function assertNear(got: ArrayLike<number>, expected: ArrayLike<number>, tolerance = rounding): void {
  assert.equal(got.length, expected.length, "length");
  for (let i = 0; i < expected.length; i++)
    assert.ok(Math.abs(got[i]! - expected[i]!) <= tolerance * Math.max(1, Math.abs(expected[i]!)), `at ${i}: expected ${expected[i]}, got ${got[i]}`);
}
