import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { datasetEntry, loadDataset, randomSource, writeStandIn, type Dataset } from "almq";
import { idxBytes } from "../../../lib/dataset/writer/idxBytes";
import { installDataset } from "../../../lib/dataset/registry/loadDataset";
import { temporaryFolder } from "../temporaryFolder";

/** Lets ALMQ_DATA name a folder for one test. */
function dataFolder(context: TestContext): string {
  const folder = temporaryFolder(context);
  const before = process.env.ALMQ_DATA;
  process.env.ALMQ_DATA = folder;
  context.after(() => (before === undefined ? delete process.env.ALMQ_DATA : (process.env.ALMQ_DATA = before)));
  return folder;
}

function values({ samples }: Dataset): number[] {
  const out = new Float32Array(samples.count * 64);
  samples.read([...Array(samples.count).keys()], out);
  return [...out];
}

test("loadDataset(name, { standIn: true, size, random }) draws what the seed says, and says that it is no real data", async () => {
  const draw = (seed: number) => loadDataset("handwriting", { standIn: true, size: 40, random: randomSource(seed) });
  const data = await draw(1);
  assert.equal(data.samples.count, 40);
  assert.ok(data.standIn);
  assert.match(data.source, /drawn by almq \(a stand-in/);
  assert.doesNotMatch(data.source, /^UCI/);
  assert.deepEqual(values(data), values(await draw(1)));
  assert.notDeepEqual(values(data), values(await draw(2)));
});

test("loadDataset(name, { standIn: true }) draws every class", async () => {
  const { labels, classes } = await loadDataset("handwriting", { standIn: true, size: 300 });
  assert.equal(new Set(labels).size, classes.length);
});

test("loadDataset(name) reads from the folder that ALMQ_DATA names", async (context) => {
  const folder = dataFolder(context);
  mkdirSync(join(folder, "handwriting"));
  const zeros = Array<number>(64).fill(0).join();
  writeFileSync(join(folder, "handwriting", "optdigits.tra"), Array.from({ length: 7 }, (_, i) => `${zeros},${i}\n`).join(""));
  writeFileSync(join(folder, "handwriting", "optdigits.tes"), Array.from({ length: 6 }, (_, i) => `${zeros},${i}\n`).join(""));
  const data = await loadDataset("handwriting", { standIn: "if missing" });
  assert.deepEqual([data.samples.count, data.standIn, data.name], [13, false, "handwriting"]);
  assert.match(data.source, /not the UCI set/);
});

test("writeStandIn(entry, folder, size, random) writes files that are opened as a stand-in ever after", async (context) => {
  const folder = dataFolder(context);
  writeStandIn(datasetEntry("handwriting"), join(folder, "handwriting"), 30, randomSource(5));
  const data = await loadDataset("handwriting");
  assert.deepEqual([data.samples.count, data.standIn], [30, true]);
  assert.match(data.source, /stand-in/);
  assert.deepEqual(values(data), values(await loadDataset("handwriting", { standIn: true, size: 30, random: randomSource(5) })));
});

test("writeStandIn(entry, folder, size, random) writes to a folder that is named with a slash at its end", (context) => {
  const folder = temporaryFolder(context);
  writeStandIn(datasetEntry("handwriting"), `${join(folder, "new")}/`, 30, randomSource(1));
  assert.deepEqual([readdirSync(folder), readdirSync(join(folder, "new")).length], [["new"], 2]);
});

test("writeStandIn(entry, folder, size, random) refuses a folder that exists and a size that is none, and leaves nothing", (context) => {
  const folder = temporaryFolder(context);
  const entry = datasetEntry("handwriting");
  assert.throws(() => writeStandIn(entry, folder, 30, randomSource(1)), /expected a folder that does not exist yet/);
  for (const size of [9, 10.5, NaN, 1e8]) assert.throws(() => writeStandIn(entry, join(folder, "new"), size, randomSource(1)), { name: "InputError" });
  assert.deepEqual(readdirSync(folder), []);
});

test("loadDataset(name, options) refuses unknown names and sizes that are none", async () => {
  // @ts-expect-error: not a dataset
  await assert.rejects(loadDataset("toString"), /loadDataset: expected one of handwriting.*, got toString/);
  // @ts-expect-error: not an option
  await assert.rejects(loadDataset("handwriting", { standIn: "maybe" }), /loadDataset: expected standIn of true or false or "if missing", got maybe/);
  for (const size of [0, 9, 12.5, NaN, 1e12]) await assert.rejects(loadDataset("handwriting", { standIn: true, size }), { name: "InputError" });
});

test("every dataset of the registry says where it comes from, under which licence, and how to get it", async () => {
  for (const name of ["handwriting", "har", "mnist", "fashion-mnist", "cifar10", "animal", "tumor"]) {
    const { title, licence, citation, downloads, byHand, classes, layouts } = datasetEntry(name);
    assert.ok(title && licence && citation && classes.length > 1 && layouts.length > 0, name);
    assert.ok(downloads.length > 0 ? downloads.every(({ addresses, bytes, sha256 }) => addresses.length > 0 && bytes > 0 && /^[0-9a-f]{64}$/.test(sha256 ?? "")) : byHand);
  }
});

test("loadDataset(name) refuses images and labels that are not equally many, naming the file", async (context) => {
  const folder = join(dataFolder(context), "mnist");
  mkdirSync(folder);
  const write = (name: string, sides: number[]) => writeFileSync(join(folder, name), idxBytes(sides, new Uint8Array(sides.reduce((a, b) => a * b))));
  for (const part of ["train", "t10k"]) write(`${part}-images-idx3-ubyte`, [3, 28, 28]);
  write("train-labels-idx1-ubyte", [3]);
  write("t10k-labels-idx1-ubyte", [2]);
  await assert.rejects(loadDataset("mnist"), /loadDataset: expected 3 labels for the images of .*t10k-images-idx3-ubyte, got 2 at .*t10k-labels-idx1-ubyte/);
  rmSync(join(folder, "t10k-labels-idx1-ubyte"));
  writeFileSync(join(folder, "t10k-labels-idx1-ubyte.gz"), gzipSync(idxBytes([3], new Uint8Array(3)))); // a mix of packed and unpacked files
  assert.equal((await loadDataset("mnist")).test!.labels.length, 3);
});

test("loadDataset(name) refuses a file where a folder should be, in ALMQ_DATA and in it", async (context) => {
  const folder = dataFolder(context);
  writeFileSync(join(folder, "har"), "");
  await assert.rejects(loadDataset("har", { standIn: "if missing" }), /filesOnDisk: expected a folder, got a file at .*har$/);
  process.env.ALMQ_DATA = join(folder, "har");
  await assert.rejects(loadDataset("har", { standIn: "if missing" }), /loadDataset: expected a folder in ALMQ_DATA, got .*har$/);
});

test("installDataset(entry, onProgress, folder) fetches nothing for a dataset that is there in any form", async (context) => {
  const folder = join(temporaryFolder(context), "digits");
  writeStandIn(datasetEntry("handwriting"), folder, 30, randomSource(1));
  await installDataset(datasetEntry("handwriting"), () => assert.fail("it fetched"), folder);
});

test("installDataset(entry, onProgress, folder) says how to get data that has no address, and leaves nothing", async (context) => {
  const folder = temporaryFolder(context);
  await assert.rejects(installDataset(datasetEntry("animal"), undefined, join(folder, "animal")), { name: "InputError", message: /loadDataset: expected the files of animal, got none\. Put canex\.npy.*Animal_Image_Dataset.*--from FOLDER/ });
  assert.deepEqual(readdirSync(folder), []);
});

test("loadDataset(name) names the file that is missing where the others are there", async (context) => {
  const folder = join(dataFolder(context), "tumor");
  mkdirSync(folder);
  for (const name of ["gliomax.npy", "meningiomax.npy", "pituitaryx.npy"]) writeFileSync(join(folder, name), "");
  await assert.rejects(loadDataset("tumor"), { name: "InputError", message: /loadDataset: expected the files of tumor, got all but notumorx\.npy\. Put .* at .*tumor$/ });
});

const folder = process.env.ALMQ_DATA;
test("loadDataset(\"mnist\") knows the real images by their checksum", { skip: folder === undefined || !existsSync(join(folder, "mnist")) }, async () => {
  const { source, samples, test } = await loadDataset("mnist");
  assert.deepEqual([source, samples.count, test?.samples.count], ["MNIST", 60_000, 10_000]);
});

test("loadDataset(\"handwriting\") opens the real data where it is", { skip: folder === undefined || !existsSync(join(folder, "handwriting")) }, async () => {
  const data = await loadDataset("handwriting");
  assert.deepEqual([data.source, data.standIn, data.samples.count], ["UCI handwritten digits", false, 5620]);
});
