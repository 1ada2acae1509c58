import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { systemReason } from "../../lib/runtime/systemReason";

test("systemReason(error) says in words that the disk is full", { skip: process.platform !== "linux" }, () => {
  assert.throws(() => writeFileSync("/dev/full", "a"), (error) => systemReason(error) === "no space left on the disk");
});
