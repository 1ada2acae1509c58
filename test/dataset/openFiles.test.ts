import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { openFiles, readHar } from "almq";
import { zipOf } from "./download/zipOf";
import { temporaryFolder } from "./temporaryFolder";

const row = Array.from({ length: 561 }, (_, i) => String(i)).join(" ");
const har = { "UCI HAR Dataset/train/X_train.txt": `${row}\n`, "UCI HAR Dataset/train/y_train.txt": "2\n", "UCI HAR Dataset/test/X_test.txt": `${row}\n`, "UCI HAR Dataset/test/y_test.txt": "5\n" };

test("openFiles(zip) gives the files of a zip inside a zip, as UCI packs HAR, to the readers", async (context) => {
  const path = join(temporaryFolder(context), "har.zip");
  writeFileSync(path, zipOf({ "UCI HAR Dataset.zip": zipOf(har), "UCI HAR Dataset.names": "…" }));
  const { labels, test } = readHar(await openFiles(path));
  assert.deepEqual([[...labels], [...test.labels]], [[1], [4]]);
});

test("openFiles(folder) gives the files of a folder", async (context) => {
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, "deep"));
  writeFileSync(join(folder, "deep", "a.txt"), "a");
  const files = await openFiles(folder);
  assert.deepEqual([files.list(""), files.list("deep"), files.has("deep/a.txt"), files.has("deep")], [["deep/a.txt"], ["deep/a.txt"], true, false]);
});

test("openFiles(path) refuses what is not there, what is no zip, and a zip that climbs out of its folder", async (context) => {
  const folder = temporaryFolder(context);
  await assert.rejects(openFiles(join(folder, "none")), { name: "InputError" });
  await assert.rejects(openFiles(join(folder, "none.zip")), { name: "InputError", message: /ENOENT/ });
  writeFileSync(join(folder, "a.zip"), "no zip");
  await assert.rejects(openFiles(join(folder, "a.zip")), /unzip: expected a whole zip file/);
  writeFileSync(join(folder, "a.zip"), zipOf({ "inner.zip": zipOf({ "../up.txt": "x" }) }));
  await assert.rejects(openFiles(join(folder, "a.zip")), /unzip: expected a whole zip file, got invalid relative path/);
});
