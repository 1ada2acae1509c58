import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { readImageFolder } from "almq";
import { writeImage } from "../images";
import { read } from "../read";
import { temporaryFolder } from "../temporaryFolder";

const size = { height: 2, width: 3 };
const near = (values: number[], bytes: number[]) => values.every((value, i) => Math.abs(value * 255 - bytes[i % bytes.length]!) <= 2);

test("readImageFolder(folder, size) reads class folders in the order of their names, PNG and JPEG, stretched to the size", async (context) => {
  const folder = temporaryFolder(context);
  await writeImage(join(folder, "dog", "a.png"), { colour: [10, 20, 30] });
  await writeImage(join(folder, "cat", "b.JPEG"), { colour: [200, 100, 50], width: 50, height: 7 });
  await writeImage(join(folder, "cat", "a.jpg"), { colour: [0, 0, 255] });
  writeFileSync(join(folder, "cat", ".DS_Store"), "");
  const data = await readImageFolder(folder, size);
  assert.deepEqual([data.classes, [...data.labels], [...data.samples.shape], data.standIn], [["cat", "dog"], [0, 0, 1], [2, 3, 3], false]);
  for (const [i, colour] of [[0, 0, 255], [200, 100, 50], [10, 20, 30]].entries()) assert.ok(near(read(data.samples, [i]), colour), `${read(data.samples, [i])}`);
});

test("readImageFolder(folder, size) takes train/ as the pool and test/ or val/ as the test set", async (context) => {
  const folder = temporaryFolder(context);
  for (const path of ["train/a/1.png", "train/b/1.png", "train/b/2.png", "val/b/1.png"]) await writeImage(join(folder, path));
  const data = await readImageFolder(folder, { ...size, channels: 1, source: "my images" });
  assert.deepEqual([[...data.labels], [...data.test!.labels], [...data.samples.shape], data.source], [[0, 1, 1], [1], [2, 3, 1], "my images"]);
});

test("readImageFolder(folder, size) takes train/ as a class among other classes, and links as what they lead to", async (context) => {
  const folder = temporaryFolder(context);
  await writeImage(join(folder, "vehicles/car/1.png"));
  await writeImage(join(folder, "elsewhere/2.png"));
  symlinkSync(join(folder, "elsewhere"), join(folder, "vehicles/train"));
  symlinkSync(join(folder, "elsewhere/2.png"), join(folder, "vehicles/car/2.png"));
  const data = await readImageFolder(join(folder, "vehicles"), size);
  assert.deepEqual([data.classes, [...data.labels], data.test], [["car", "train"], [0, 0, 1], undefined]);
  symlinkSync(join(folder, "nowhere"), join(folder, "vehicles/car/3.png"));
  await assert.rejects(readImageFolder(join(folder, "vehicles"), size), /expected a link that leads somewhere, got one that does not at .*3\.png/);
});

test("readImageFolder(folder, size) takes the images of folders within a class folder as of that class", async (context) => {
  const folder = temporaryFolder(context);
  for (const [i, path] of ["a/2.png", "a/1/1.png", "a/1/deep/3.png", "b/one/4.png"].entries()) await writeImage(join(folder, path), { colour: [40 * i, 0, 0] });
  mkdirSync(join(folder, "a", "empty"));
  const data = await readImageFolder(folder, size);
  assert.deepEqual([...data.labels], [0, 0, 0, 1]);
  for (const i of [0, 1, 2, 3]) assert.ok(near(read(data.samples, [i]), [40 * i, 0, 0]));
});

test("readImageFolder(folder, { classes }) reads a folder without classes as an unlabeled pool", async (context) => {
  const folder = temporaryFolder(context);
  await writeImage(join(folder, "1.png"), { colour: [255, 0, 0, 128] });
  await writeImage(join(folder, "2.png"), { colour: [77] });
  const data = await readImageFolder(folder, { ...size, classes: ["yes", "no"] });
  assert.deepEqual([...data.labels], [-1, -1]);
  assert.ok(near(read(data.samples, [0]), [255, 0, 0]) && near(read(data.samples, [1]), [77, 77, 77]));
});

test("readImageFolder(folder, { cache }) of several calls at the same time gives each all images", async (context) => {
  const folder = temporaryFolder(context);
  for (const path of ["images/a/1.png", "images/a/2.png", "images/b/1.png"]) await writeImage(join(folder, path));
  const options = { ...size, cache: join(folder, "cache") };
  const alone = read((await readImageFolder(join(folder, "images"), size)).samples);
  for (const { samples } of await Promise.all([1, 2, 3].map(() => readImageFolder(join(folder, "images"), options)))) assert.deepEqual(read(samples), alone);
  assert.equal(readdirSync(options.cache).length, 1);
});

test("readImageFolder(folder, { cache }) keeps decoded images on disk and reads the same from there, until a file changes", async (context) => {
  const folder = temporaryFolder(context);
  for (const path of ["images/a/1.png", "images/b/1.png"]) await writeImage(join(folder, path));
  const options = { ...size, cache: join(folder, "cache") };
  const first = await readImageFolder(join(folder, "images"), options);
  assert.deepEqual(read(first.samples), read((await readImageFolder(join(folder, "images"), size)).samples));
  const [block, ...others] = readdirSync(options.cache);
  assert.equal(others.length, 0);
  assert.equal(readFileSync(join(options.cache, block!)).length, 2 * 18);
  await writeImage(join(folder, "images/a/1.png"), { colour: [1, 2, 3], width: 40 });
  assert.ok(near(read((await readImageFolder(join(folder, "images"), options)).samples, [0]), [1, 2, 3]));
});

test("readImageFolder(folder, size) passes over what is no image in folders within a class, such as boxes in xml", async (context) => {
  const folder = temporaryFolder(context);
  for (const name of ["a", "b"]) await writeImage(join(folder, name, "1.png"));
  mkdirSync(join(folder, "a", "xml"));
  writeFileSync(join(folder, "a", "xml", "1.xml"), "<box/>");
  assert.deepEqual([...(await readImageFolder(folder, size)).labels], [0, 1]);
});

test("readImageFolder(folder, size) refuses an empty class folder, a file that is no image, and folders that are no class", async (context) => {
  const refused = async (build: (folder: string) => Promise<void> | void, message: RegExp, options = {}) => {
    const folder = temporaryFolder(context);
    await writeImage(join(folder, "a", "1.png"));
    await writeImage(join(folder, "b", "1.png"));
    await build(folder);
    await assert.rejects(readImageFolder(folder, { ...size, cache: join(folder, ".cache"), ...options }), { name: "InputError", message });
    assert.ok(!readdirSync(folder).includes(".cache") || readdirSync(join(folder, ".cache")).length === 0);
  };
  await refused((folder) => void mkdirSync(join(folder, "c")), /readImageFolder: expected at least one image, got an empty folder at .*c$/);
  await refused((folder) => writeFileSync(join(folder, "a", "0.png"), "not an image"), /decodeImage: expected a whole PNG or JPEG image, got .* at .*0\.png/);
  await refused((folder) => writeFileSync(join(folder, "a", "notes.txt"), "x"), /expected PNG and JPEG images, got notes.txt at .*a$/);
  await refused((folder) => writeFileSync(join(folder, "a", "0.png"), "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>"), /got a file of the format svg/);
  await refused(async (folder) => {
    await writeImage(join(folder, "b", "2.jpg"), { width: 300, height: 300 });
    const whole = readFileSync(join(folder, "b", "2.jpg"));
    writeFileSync(join(folder, "b", "2.jpg"), whole.subarray(0, whole.length / 2));
  }, /decodeImage: expected a whole PNG or JPEG image/);
  await refused(() => {}, /expected class folders a, c, got b/, { classes: ["a", "c"] });
  await refused(() => {}, /expected a height and a width of at least 1, got 0 × 3/, { height: 0 });
  await refused(() => {}, /expected a height and a width of at least 1, got 2.5 × 2/, { height: 2.5, width: 2 });
  for (const channels of [2, 4]) await refused(() => {}, /expected 1 or 3 channels, got [24]/, { channels });
  await refused((folder) => symlinkSync(folder, join(folder, "a", "loop")), /expected folders within folders, got a link back to one around it at .*loop.a$/);
});

test("readImageFolder(folder, size) refuses a folder that is not there, and one without classes", async (context) => {
  const folder = temporaryFolder(context);
  await assert.rejects(readImageFolder(join(folder, "none"), size), /expected a folder, got none/);
  await assert.rejects(readImageFolder(__filename, size), /readImageFolder: expected a folder, got a file/);
  await assert.rejects(readImageFolder(folder, size), /expected at least two classes: as folders, or as an option, got 0/);
  await assert.rejects(readImageFolder(folder, { ...size, classes: ["a", "b"] }), /expected at least one image, got an empty folder/);
});
