import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { install } from "../../../lib/dataset/download/install";
import { temporaryFolder } from "../temporaryFolder";

test("install(downloads, folder) leaves what is there alone, and fetches nothing for it", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "a.bin"), "mine");
  await install([{ file: "a.bin", addresses: ["http://127.0.0.1:1/"], bytes: 9 }], folder);
  assert.equal(readFileSync(join(folder, "a.bin"), "utf8"), "mine");
});
