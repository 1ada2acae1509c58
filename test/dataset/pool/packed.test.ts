import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { activeLearning, entropy, inMemory, labeled, labelOracle, loadPool, mostUseful, randomSource, readImageFolder, simpleCnn } from "almq";
import { npyHeader } from "../../../lib/dataset/writer/npyBytes";
import { writeImage } from "../images";
import { read } from "../read";
import { temporaryFolder } from "../temporaryFolder";

const images = { height: 2, width: 3 };

async function pictures(context: TestContext): Promise<string> {
  const folder = join(temporaryFolder(context), "pictures");
  await writeImage(join(folder, "dog", "late", "c.png"), { colour: [1, 2, 3] });
  await writeImage(join(folder, "dog", "a.png"), { colour: [10, 20, 30] });
  await writeImage(join(folder, "cat", "ä b.JPG"), { colour: [200, 100, 50], width: 50, height: 7 });
  await writeImage(join(folder, "z.png"), { colour: [77] });
  writeFileSync(join(folder, "notes.txt"), "no image");
  return folder;
}

test("loadPool(folder, { images }) packs a folder's images once, with their names as an index and their folders as classes", async (context) => {
  const folder = await pictures(context);
  const { samples, features, id, labels, classes } = await loadPool(folder, { images, classes: ["cat", "dog"] });
  assert.deepEqual([samples.count, [...samples.shape], features, classes], [4, [2, 3, 3], [], ["cat", "dog"]]);
  assert.deepEqual([0, 1, 2, 3].map(id), ["cat/ä b.JPG", "dog/a.png", "dog/late/c.png", "z.png"]);
  assert.deepEqual([...labels!], [0, 1, -1, -1], "a class is the folder next to the image");
  for (const [i, colour] of [[200, 100, 50], [10, 20, 30], [1, 2, 3], [77, 77, 77]].entries())
    for (const [at, value] of read(samples, [i]).entries()) assert.ok(Math.abs(value * 255 - colour[at % 3]!) <= 2, `${value * 255} in image ${i}`);
  assert.equal(readFileSync(join(`${folder}.almq`, "values.npy")).length, 128 + 4 * 18);
});

test("loadPool(folder, { images }) reads what readImageFolder reads, in grey too", async (context) => {
  const folder = await pictures(context);
  rmSync(join(folder, "z.png"));
  rmSync(join(folder, "notes.txt"));
  rmSync(join(folder, "dog", "late"), { recursive: true });
  for (const channels of [1, 3] as const) {
    const [pool, data] = [await loadPool(folder, { images: { ...images, channels }, classes: ["cat", "dog"] }), await readImageFolder(folder, { ...images, channels })];
    assert.deepEqual(read(pool.samples, [1, 0]), read(data.samples, [1, 0]));
    assert.deepEqual(pool.labels, data.labels);
  }
});

test("loadPool(folder, { images }) packs again when an image or the size has changed, and only then", async (context) => {
  const folder = await pictures(context);
  const packed = () => statSync(join(`${folder}.almq`, "values.npy")).ino;
  const { labels } = await loadPool(`${folder}/`, { images });
  assert.equal(labels, undefined);
  const first = packed();
  await loadPool(folder, { images: { ...images, channels: 3 } });
  assert.equal(packed(), first);
  await writeImage(join(folder, "z.png"), { colour: [5], width: 40 });
  assert.ok(read((await loadPool(folder, { images })).samples, [3]).every((value) => Math.abs(value * 255 - 5) <= 2));
  assert.deepEqual([...(await loadPool(folder, { images: { height: 1, width: 1 } })).samples.shape], [1, 1, 3]);
});

test("loadPool(folder, { images }) refuses no size, no images and a broken one, and leaves nothing", async (context) => {
  const folder = await pictures(context);
  await assert.rejects(loadPool(folder), /the size of the images with a folder: images: \{ height, width \}, got none/);
  for (const height of [0, 1.5, undefined as unknown as number]) await assert.rejects(loadPool(folder, { images: { ...images, height } }), /a height and a width of at least 1, got .* × 3 at/);
  const empty = temporaryFolder(context);
  await assert.rejects(loadPool(empty, { images }), /at least one PNG or JPEG image, got none/);
  const whole = readFileSync(join(folder, "dog", "a.png"));
  writeFileSync(join(folder, "dog", "a.png"), whole.subarray(0, whole.length / 2));
  await assert.rejects(loadPool(folder, { images }), /a whole PNG or JPEG image, got .* at .*a\.png/);
  assert.deepEqual(readdirSync(join(folder, "..")), ["pictures"]);
});

/** A NumPy file. */
function array(path: string, type: string, shape: readonly number[], values: Uint8Array | Float32Array): string {
  writeFileSync(path, Buffer.concat([npyHeader(shape, type), new Uint8Array(values.buffer, values.byteOffset, values.byteLength)]));
  return path;
}

test("loadPool(npy) reads packed images and numbers as they are, and an index says their ids and labels", async (context) => {
  const folder = temporaryFolder(context);
  const pixels = array(join(folder, "pixels.npy"), "|u1", [3, 1, 2, 1], Uint8Array.of(0, 51, 102, 153, 204, 255));
  const index = join(folder, "index.csv");
  writeFileSync(index, "file,kind\nx.png,cat\ny.png,\nz.png,dog\n");
  const { samples, id, labels } = await loadPool(pixels, { index, id: "file", label: "kind", classes: ["cat", "dog"] });
  assert.deepEqual([[...samples.shape], read(samples, [2, 0]), id(1), [...labels!]], [[1, 2, 1], [...Float32Array.of(204 / 255, 1, 0, 0.2)], "y.png", [0, -1, 1]]);
  const grey = await loadPool(array(join(folder, "grey.npy"), "|u1", [2, 1, 2], Uint8Array.of(0, 51, 102, 153)));
  assert.deepEqual([[...grey.samples.shape], grey.id(1)], [[1, 2, 1], "1"]);
  const numbers = await loadPool(array(join(folder, "numbers.npy"), "<f4", [2, 3], Float32Array.of(1, 2, 3, -4, 5, 6)));
  assert.deepEqual([[...numbers.samples.shape], read(numbers.samples, [1, 0]), numbers.features, numbers.labels], [[3], [-4, 5, 6, 1, 2, 3], [], undefined]);
});

test("loadPool(npy) refuses numbers that are not finite, an index of another length, none, and arrays of another kind; nothing stays", async (context) => {
  const folder = temporaryFolder(context);
  const values = Float32Array.from({ length: 3_000_000 }, (_, i) => i);
  values[2_500_001] = NaN;
  const wrong = array(join(folder, "wrong.npy"), "<f4", [1_500_000, 2], values);
  await assert.rejects(loadPool(wrong), /expected a finite number, got NaN at .*wrong\.npy, sample 1250000/);
  const pair = array(join(folder, "pair.npy"), "<f4", [2, 1], Float32Array.of(1, 2));
  const index = join(folder, "index.csv");
  writeFileSync(index, "file\na\nb\nc\n");
  await assert.rejects(loadPool(pair, { index, id: "file" }), /expected 3 samples, as there are ids and labels, got 2 at .*pair\.npy/);
  await assert.rejects(loadPool(pair, { id: "file" }), /an index with the columns of id and label, got none/);
  await assert.rejects(loadPool(pair, { index: join(folder, "none.csv"), id: "file" }), /a file, got none at .*none\.csv/);
  await assert.rejects(loadPool(pair, { index, id: "name" }), /a column name, got file/);
  await assert.rejects(loadPool(array(join(folder, "double.npy"), "<f8", [1, 1], new Float32Array(2))), /single precision \[sample, …\], or bytes .* got <f8 \[1, 1\]/);
  await assert.rejects(loadPool(array(join(folder, "flat.npy"), "|u1", [2], Uint8Array.of(1, 2))), /got \|u1 \[2\]/);
  await assert.rejects(loadPool(array(join(folder, "empty.npy"), "<f4", [0, 2], new Float32Array(0))), /at least one sample, got 0/);
  const cut = array(join(folder, "cut.npy"), "<f4", [2, 2], Float32Array.of(1, 2, 3));
  await assert.rejects(loadPool(cut), /readNpy: expected 144 bytes for 2 × 2 values/);
  assert.deepEqual(readdirSync(folder).filter((name) => !/\.(npy|csv)$/.test(name)), []);
});

test("activeLearning({ pool }) asks the same of packed images as of images in memory", async (context) => {
  const folder = join(temporaryFolder(context), "pictures");
  mkdirSync(folder);
  const colours = randomSource(1);
  for (let i = 0; i < 24; i++) await writeImage(join(folder, i % 2 ? "cat" : "dog", `${i}.png`), { colour: [0, 0, 0].map(() => colours.integer(120) + (i % 2) * 130) });
  const { samples, labels } = await loadPool(folder, { images: { height: 8, width: 8 }, classes: ["cat", "dog"] });
  const run = async (pool: typeof samples) => {
    const random = randomSource(3);
    const classifier = simpleCnn({ inputShape: [8, 8, 3], classes: 2, random: random.split("weights") });
    const initial = [0, 1, 22, 23].map((sample) => labeled(sample, labels![sample]!));
    const fit = { epochs: 2, batchSize: 4, learningRate: 0.01, fidelity: "corrected" } as const;
    return activeLearning({ pool, labels: labels!, classifier, oracle: labelOracle(labels!, 2), strategy: mostUseful(entropy, { name: "EN", draws: 0, block: 5 }), initial, budget: 4, batchBudget: 2, fit, random });
  };
  assert.deepEqual(await run(samples), await run(inMemory(samples)));
});
