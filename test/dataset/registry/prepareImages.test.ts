import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { prepareImages, readNpy, readNpyClasses } from "almq";
import { writeImage } from "../images";
import { read } from "../read";
import { temporaryFolder } from "../temporaryFolder";

const animals = { folders: { "canex.npy": "cane", "gattox.npy": "gatto" }, dropSingleChannel: true };

test("prepareImages(from, how, target) makes one NumPy file per class and leaves out single-channel images", async (context) => {
  const folder = temporaryFolder(context);
  await writeImage(join(folder, "raw-img/cane/1.jpeg"), { colour: [255, 0, 0] });
  await writeImage(join(folder, "raw-img/cane/2.jpeg"), { colour: [90] });
  await writeImage(join(folder, "raw-img/gatto/1.png"), { colour: [0, 0, 255], width: 300, height: 500 });
  const seen: string[] = [];
  const results = await prepareImages(folder, animals, join(folder, "out"), (done, total) => seen.push(`${done}/${total}`));
  assert.deepEqual(results, [{ file: "canex.npy", images: 1, dropped: 1 }, { file: "gattox.npy", images: 1, dropped: 0 }]);
  assert.deepEqual(seen, ["1/3", "2/3", "3/3"]);
  assert.deepEqual(readNpy(join(folder, "out/canex.npy")).shape, [1, 3, 224, 224]);
  const { samples } = readNpyClasses([join(folder, "out/canex.npy"), join(folder, "out/gattox.npy")]);
  assert.deepEqual(read(samples, [1]).slice(0, 3).map(Math.round), [0, 0, 1]);
});

test("prepareImages(from, { dropSingleChannel: false }, target) makes grey images colour, and gathers a class from several folders", async (context) => {
  const folder = temporaryFolder(context);
  await writeImage(join(folder, "Training/glioma/1.jpg"), { colour: [90] });
  await writeImage(join(folder, "Testing/Glioma/2.jpg"), { colour: [90] });
  const results = await prepareImages(folder, { folders: { "gliomax.npy": "glioma" }, dropSingleChannel: false }, join(folder, "out"));
  assert.deepEqual(results, [{ file: "gliomax.npy", images: 2, dropped: 0 }]);
});

test("prepareImages(from, how, target) leaves no half file behind, and a whole one alone that is there", async (context) => {
  const folder = temporaryFolder(context);
  await writeImage(join(folder, "cane/1.png"));
  await assert.rejects(prepareImages(folder, animals, join(folder, "out")), /expected images in a folder called gatto, got none/);
  mkdirSync(join(folder, "gatto"));
  writeFileSync(join(folder, "gatto/1.png"), "not an image");
  await assert.rejects(prepareImages(folder, animals, join(folder, "out")), { name: "InputError", message: /gatto.1\.png/ });
  assert.deepEqual(readdirSync(join(folder, "out")), ["canex.npy"]);
  writeFileSync(join(folder, "out/canex.npy"), "mine");
  await writeImage(join(folder, "gatto/1.png"), { colour: [8] });
  await assert.rejects(prepareImages(folder, animals, join(folder, "out")), /expected at least one colour image, got none/);
  assert.deepEqual(readdirSync(join(folder, "out")), ["canex.npy"]);
  assert.equal(readFileSync(join(folder, "out/canex.npy"), "utf8"), "mine");
  writeFileSync(join(folder, "cane/1.png"), "not an image");
  await assert.rejects(prepareImages(folder, animals, join(folder, "another")), { name: "InputError" });
  assert.ok(!existsSync(join(folder, "another")));
  await assert.rejects(prepareImages(join(folder, "nowhere"), animals, join(folder, "out")), /expected a folder, got none/);
  await assert.rejects(prepareImages(__filename, animals, join(folder, "out")), { name: "InputError", message: /prepareImages: expected a folder, got a file at / });
});

test("prepareImages(from, how, target) of two calls at the same time leaves whole files", async (context) => {
  const folder = temporaryFolder(context);
  for (const image of ["cane/1.png", "cane/2.png", "cane/3.png", "gatto/1.png"]) await writeImage(join(folder, "from", image));
  await Promise.all([1, 2].map(() => prepareImages(join(folder, "from"), animals, join(folder, "out"))));
  assert.deepEqual(readdirSync(join(folder, "out")), ["canex.npy", "gattox.npy"]);
  assert.deepEqual(readNpy(join(folder, "out/canex.npy")).shape, [3, 3, 224, 224]);
});

test("prepareImages(from, how, target) on a disk that fills up says so and leaves nothing", { skip: process.platform === "win32" }, async (context) => {
  const folder = temporaryFolder(context);
  for (const image of ["cane/1.png", "cane/2.png", "gatto/1.png"]) await writeImage(join(folder, "from", image)); // 147 KiB each when prepared
  const program = `require("almq").prepareImages(process.argv[1], ${JSON.stringify(animals)}, process.argv[2]).then(() => console.log("whole"), (error) => console.log(error.name, error.message))`;
  const { stdout } = spawnSync("bash", ["-c", 'ulimit -f 200; exec "$@"', "bash", process.execPath, "-e", program, join(folder, "from"), join(folder, "out")], { encoding: "utf8" });
  assert.equal(stdout, "InputError prepareImages: expected a file that can be written, got a file that may not grow at canex.npy\n");
  assert.ok(!existsSync(join(folder, "out")));
});
