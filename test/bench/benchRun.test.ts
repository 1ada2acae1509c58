import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { benchRun } from "../../lib/command/bench/benchRun";

const folder = mkdtempSync(join(tmpdir(), "almq-bench-"));
after(() => rmSync(folder, { recursive: true }));
const kept = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as { commit: string | null; rows: number[]; sum: number };

test("benchRun(bench, { folder }, measure) keeps what was measured before it failed, and the whole once it succeeds", async () => {
  let place = "";
  const failing = benchRun<number>("of a test", { extent: "quick", folder }, (rows, scratch) => {
    rows.push(1, 2);
    place = scratch;
    assert.ok(existsSync(scratch));
    throw new Error("the third row");
  });
  await assert.rejects(failing, /the third row/);
  assert.ok(!existsSync(place));
  assert.deepEqual(kept("of a test.unfinished").rows, [1, 2]);
  assert.ok(!existsSync(join(folder, "of a test.json")));
  await benchRun<number>("of a test", { extent: "quick", folder }, (rows) => ({ sum: rows.push(3) }));
  assert.deepEqual([kept("of a test").rows, kept("of a test").sum], [[3], 1]);
  assert.ok(!existsSync(join(folder, "of a test.unfinished.json")));
});

test("benchRun(bench, { extent }, measure) without a folder keeps nothing and returns the summary", async () => {
  assert.deepEqual(await benchRun("unkept", { extent: "quick" }, () => ({ seconds: 1 })), { bench: "unkept", extent: "quick", seconds: 1 });
  assert.ok(!existsSync(join(folder, "unkept.json")));
});
