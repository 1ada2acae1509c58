import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { writeImage } from "../dataset/images";
import { temporaryFolder } from "../dataset/temporaryFolder";

const command = join(__dirname, "../../lib/command/datasets.js");
const run = (folder: string, ...words: string[]) =>
  spawnSync(process.execPath, [command, ...words], { encoding: "utf8", env: { ...process.env, ALMQ_DATA: folder } });

test("datasets NAME --stand-in N writes files that are found, and says what they are", (context) => {
  const folder = temporaryFolder(context);
  const drawn = run(folder, "handwriting", "--stand-in", "25", "--into", join(folder, "handwriting"));
  assert.match(drawn.stdout, /handwriting: digits drawn by almq \(a stand-in/);
  const opened = run(folder, "handwriting");
  assert.match(opened.stdout, /samples {3}25, each 64/);
  assert.match(opened.stdout, /SHA-256 {3}[0-9a-f]{64} {2}data.csv/);
  assert.equal(opened.stdout, drawn.stdout);
  assert.match(run(folder).stdout, new RegExp(`handwriting +digits drawn by almq \\(a stand-in for UCI's\\): ${join(folder, "handwriting")}\n`));
});

test("datasets NAME --into FOLDER opens what is in that folder, whatever ALMQ_DATA has", (context) => {
  const folder = temporaryFolder(context);
  run(folder, "handwriting", "--stand-in", "25", "--into", join(folder, "handwriting"));
  run(folder, "handwriting", "--stand-in", "30", "--into", join(folder, "mine"));
  assert.match(run(folder, "handwriting", "--into", join(folder, "mine")).stdout, /where {5}.*mine\n {2}samples {3}30,/);
});

test("datasets NAME --from FOLDER makes the files of a dataset from images", async (context) => {
  const folder = temporaryFolder(context);
  for (const name of ["glioma", "meningioma", "notumor", "pituitary"]) await writeImage(join(folder, "images/Training", name, "1.jpg"), { colour: [40] });
  const made = run(folder, "tumor", "--from", join(folder, "images"), "--into", join(folder, "tumor"));
  assert.match(made.stdout, /notumorx\.npy: 1 images/);
  assert.match(run(folder, "tumor").stdout, /tumor: Brain Tumor MRI \(4 images, unverified/);
  assert.match(run(folder, "mnist", "--from", join(folder, "images")).stderr, /datasets: expected a dataset that is made from images \(animal, tumor\), got mnist/);
});

test("datasets refuses an unknown name and a size that is none, with one line and exit code 1", (context) => {
  const folder = temporaryFolder(context);
  const unknown = run(folder, "nosuch");
  assert.deepEqual([unknown.status, unknown.stderr.trim().split("\n").length], [1, 1]);
  const several = run(folder, "mnist", "har");
  assert.deepEqual([several.status, several.stderr], [1, "datasets: expected one name at a time, got mnist har\n"]);
  assert.match(unknown.stderr, /datasets: expected one of handwriting.*, got nosuch/);
  const none = run(folder, "handwriting", "--stand-in", "x", "--into", join(folder, "new"));
  assert.match(none.stderr, /writeStandIn: expected a stand-in for handwriting of 10 to 5620 samples, got NaN/);
  assert.equal(none.status, 1);
  assert.ok(!existsSync(join(folder, "new")));
});
