import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

const refused = (...args: string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [join(__dirname, "../../lib/command/bench.js"), ...args], { encoding: "utf8", timeout: 60_000 });
  assert.equal(status, 1);
  return stderr;
};

test("npm run bench -- NAME refuses flags that mean nothing there", () => {
  assert.match(refused("study", "--tasks", "entropy"), /bench: expected --tasks with criteria, pool, profile only, got study/);
  assert.match(refused("pool", "--quick", "--full"), /bench: expected --quick or --full, got both/);
  assert.match(refused("profile", "--quick", "--tasks", "/nowhere"), /bench: expected a compiled checkout, got none at \/nowhere/);
});
