import assert from "node:assert/strict";
import { test } from "node:test";
import { balancedBatchSize, InputError } from "almq";
import { vectors } from "../reference/vectors";

test("balancedBatchSize(requested, observations) agrees with the reference numbers", () => {
  for (const { requested, observations, used } of vectors.batch_size) assert.equal(balancedBatchSize(requested, observations), used);
});

test("balancedBatchSize(requested, observations) never exceeds what was requested and never asks for less than one", () => {
  for (let requested = 1; requested < 40; requested++)
    for (let observations = 0; observations < 200; observations++) {
      const used = balancedBatchSize(requested, observations);
      assert.ok(used >= 1 && used <= requested, `${requested}, ${observations}: ${used}`);
    }
});

test("balancedBatchSize(0, 10) is refused", () => {
  assert.throws(() => balancedBatchSize(0, 10), InputError);
});
