import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { beginFolder, fingerprint, readStamp, stampHas, writeStamp } from "../../lib/runtime/setup/stamp.mjs";

const folder = mkdtempSync(join(tmpdir(), "almq-stamp-"));
after(() => rmSync(folder, { recursive: true }));

test("readStamp(folder) gives what writeStamp wrote, and nothing where it is missing or damaged", () => {
  assert.equal(readStamp(folder), undefined);
  beginFolder(folder);
  assert.deepEqual(readStamp(folder), { unfinished: true });
  writeStamp(folder, { version: "1" });
  assert.deepEqual(readStamp(folder), { version: "1" });
  assert.deepEqual(readdirSync(folder).length, 1, "no draft is left");
  writeFileSync(join(folder, readdirSync(folder)[0] ?? ""), '{"version":');
  assert.equal(readStamp(folder), undefined);
});

test("stampHas(stamp, wanted) compares what is wanted, lists and objects included", () => {
  assert.ok(stampHas({ a: { b: [1] }, c: 2 }, { a: { b: [1] } }));
  assert.ok(!stampHas({ a: { b: [1] } }, { a: { b: [2] } }));
  assert.ok(!stampHas({ a: 1 }, { a: 1, b: 1 }));
  assert.ok(!stampHas(undefined, {}));
});

test("fingerprint(root, paths) changes with a content, a name, and a file that comes or goes", () => {
  writeFileSync(join(folder, "one"), "1");
  const before = fingerprint(folder, ["one", "two"]);
  assert.equal(fingerprint(folder, ["one", "two"]), before);
  writeFileSync(join(folder, "two"), "");
  const both = fingerprint(folder, ["one", "two"]);
  writeFileSync(join(folder, "one"), "2");
  const changed = fingerprint(folder, ["one", "two"]);
  assert.equal(new Set([before, both, changed, fingerprint(folder, ["two", "one"])]).size, 4);
});
