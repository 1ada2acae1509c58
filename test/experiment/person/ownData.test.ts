import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { imageFolder, tableRows } from "almq";
import sharp = require("sharp");
import { temporaryFolder } from "../../dataset/temporaryFolder";

/** Plain pictures: a red PNG, a red JPEG and a red GIF, and a blue JPEG of the same name in another folder. */
async function pictures(folder: string): Promise<void> {
  const plain = (background: string) => sharp({ create: { width: 40, height: 30, channels: 3, background } });
  mkdirSync(join(folder, "more"));
  writeFileSync(join(folder, "1.png"), await plain("#c00").png().toBuffer());
  writeFileSync(join(folder, "1.jpg"), await plain("#c00").jpeg().toBuffer());
  writeFileSync(join(folder, "1.GIF"), await plain("#c00").gif().toBuffer());
  writeFileSync(join(folder, "more", "1.jpg"), await plain("#00c").jpeg().toBuffer());
  writeFileSync(join(folder, "notes.txt"), "no picture");
}

test("imageFolder(folder) reads PNG, JPEG and GIF, tells files of one name apart, passes over others, and shows each file as it is", async (context) => {
  const folder = temporaryFolder(context);
  await pictures(folder);
  const { pool, names, views } = await imageFolder(folder);
  assert.deepEqual(names, ["1.GIF", "1.jpg", "1.png", join("more", "1.jpg")]);
  const types = ["image/gif", "image/jpeg", "image/png", "image/jpeg"];
  names.forEach((name, sample) => assert.deepEqual(views(sample), { kind: "image", type: types[sample], bytes: readFileSync(join(folder, name)) }));
  const values = new Float32Array(4 * 768);
  pool.read([0, 1, 2, 3], values);
  const of = (sample: number) => values.subarray(768 * sample, 768 * (sample + 1));
  const apart = (a: number, b: number) => Math.max(...of(a).map((value, i) => Math.abs(value - of(b)[i]!)));
  assert.ok(Math.max(apart(0, 1), apart(0, 2)) < 0.05, "the same red in each format");
  assert.ok(apart(0, 3) > 1, "blue is another colour");
});

test("imageFolder(folder) reads the same numbers where TensorFlow runs in plain JavaScript", async (context) => {
  const folder = temporaryFolder(context);
  await pictures(folder);
  const script = `require("almq").imageFolder(process.argv[1]).then(({ pool }) => {
    const values = new Float32Array(4 * 768);
    pool.read([0, 1, 2, 3], values);
    console.log(JSON.stringify({ engine: require("./.build/lib/runtime/tensorflow").tf.getBackend(), values: Array.from(values) }));
  })`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script, folder], { encoding: "utf8", env: { ...process.env, ALMQ_TENSORFLOW: "plain" } });
  const values = new Float32Array(4 * 768);
  (await imageFolder(folder)).pool.read([0, 1, 2, 3], values);
  assert.deepEqual(JSON.parse(stdout || assert.fail(stderr)), { engine: "cpu", values: Array.from(values) });
});

test("imageFolder(folder) says that it cannot read BMP, rather than to pass over somebody's pictures", async (context) => {
  const folder = temporaryFolder(context);
  await pictures(folder);
  writeFileSync(join(folder, "more", "old.bmp"), "BM");
  await assert.rejects(imageFolder(folder), { name: "InputError", message: /imageFolder: expected PNG, JPEG and GIF pictures, got a BMP, to be converted first at .*old\.bmp$/ });
});

test("tableRows(path, classes) shows a row with the names of its columns, and refuses a table without them", (context) => {
  const path = join(temporaryFolder(context), "rows.csv");
  writeFileSync(path, 'width,"length, in cm"\n1,2\n3,4\n5,9\n');
  const { pool, names, views } = tableRows(path, ["a", "b"]);
  assert.deepEqual([pool.count, names], [3, ["1", "2", "3"]]);
  assert.deepEqual(views(1), { kind: "row", cells: [["width", "3"], ["length, in cm", "4"]] });
  writeFileSync(path, "1,2\n3,4\n5,9\n");
  assert.throws(() => tableRows(path, ["a", "b"]), /tableRows: expected a header line with the names of the columns, got numbers at .*rows.csv line 1/);
  writeFileSync(path, "");
  assert.throws(() => tableRows(path, ["a", "b"]), /tableRows: expected a header line/);
  writeFileSync(`${path}.gz`, gzipSync("width,length\n1,2\n3,4\n5,9\n"));
  assert.deepEqual(tableRows(`${path}.gz`, ["a", "b"]).views(2), { kind: "row", cells: [["width", "5"], ["length", "9"]] });
  writeFileSync(path, "width,length\n1,2\n3,4\n");
  assert.throws(() => tableRows(path, ["a", "b"]), /tableRows: expected at least 3 rows, got 2 at .*rows.csv/);
  assert.throws(() => tableRows(join(path, ".."), ["a", "b"]), /expected a file, got something else/);
  writeFileSync(path, "width,length\n1,2\n3,wide\n");
  assert.throws(() => tableRows(path, ["a", "b"]), /wide/);
});
