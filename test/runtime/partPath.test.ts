import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { partPath, removeAbandoned } from "../../lib/runtime/partPath";

test("removeAbandoned(path) removes what was left of this file or folder a day ago, and nothing else", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "almq-test-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "a.npy");
  const [old, oldFolder, fresh, other] = [partPath(path), partPath(path), partPath(path), partPath(`${path}.npy`)];
  for (const part of [old, fresh, other, path]) writeFileSync(part, "");
  mkdirSync(join(oldFolder, "in it"), { recursive: true });
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
  for (const part of [old, oldFolder, other, path]) utimesSync(part, twoDaysAgo, twoDaysAgo);
  removeAbandoned(path);
  assert.deepEqual(readdirSync(folder).sort(), [fresh, other, path].map((left) => basename(left)).sort());
  removeAbandoned(join(folder, "none", "a.npy"));
});
