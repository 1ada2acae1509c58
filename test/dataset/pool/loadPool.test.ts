import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { InputError, loadPool } from "almq";
import { writeTable } from "./tableFile";

const folder = mkdtempSync(join(tmpdir(), "almq-pool-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const rows = 5000;
const query = `SELECT 'case ' || i AS name, i AS a, i / 4 AS b, CASE WHEN i % 3 = 0 THEN NULL WHEN i % 3 = 1 THEN 'cat' ELSE 'dog' END AS kind FROM range(${rows}) t(i)`;
const columns = { features: ["b", "a"], id: "name", label: "kind", classes: ["cat", "dog"] };
let parquet = "";
before(async () => void (parquet = await writeTable(join(folder, "pool.parquet"), query)));

test("loadPool(parquet) gives every row with its id and label, in the order of the file", async () => {
  const { samples, features, id, labels, classes } = await loadPool(parquet, columns);
  assert.deepEqual([samples.count, samples.shape, features, classes], [rows, [2], ["b", "a"], ["cat", "dog"]]);
  const out = new Float32Array(8);
  samples.read([4999, 0, 1, 2], out);
  assert.deepEqual([...out], [1249.75, 4999, 0, 0, 0.25, 1, 0.5, 2]);
  assert.deepEqual([0, 7, 4999].map(id), ["case 0", "case 7", "case 4999"]);
  assert.deepEqual([...labels!.subarray(0, 4)], [-1, 0, 1, -1]);
});

test("loadPool(csv) gives the same as loadPool(parquet)", async () => {
  const csv = await writeTable(join(folder, "pool.csv"), query);
  const [one, other] = [await loadPool(csv, columns), await loadPool(parquet, columns)];
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  const read = ({ samples }: typeof one) => {
    const out = new Float32Array(rows * 2);
    samples.read(all, out);
    return out;
  };
  assert.deepEqual(read(one), read(other));
  assert.deepEqual(one.labels, other.labels);
  assert.equal(one.id(4321), other.id(4321));
});

test("loadPool(file) writes the rows once, and anew when the file has changed", async () => {
  const path = await writeTable(join(folder, "again.parquet"), "SELECT i AS a FROM range(10) t(i)");
  const written = () => statSync(join(`${path}.almq`, "values.npy")).ino;
  await loadPool(path);
  const first = written();
  await loadPool(path);
  assert.equal(written(), first);
  utimesSync(path, new Date(), new Date(Date.now() + 5000));
  await loadPool(path);
  assert.notEqual(written(), first);
  const second = written();
  writeFileSync(join(`${path}.almq`, "pool.json"), "{");
  assert.equal((await loadPool(path)).samples.count, 10, "a damaged note is no hindrance");
  assert.notEqual(written(), second);
  assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith(".part")), []);
});

test("loadPool(file) of several calls at the same time gives each the whole pool", async () => {
  const path = await writeTable(join(folder, "shared.parquet"), `SELECT i AS id, i AS a FROM range(${rows}) t(i)`);
  for (const { samples, id } of await Promise.all([1, 2, 3].map(() => loadPool(path, { id: "id" })))) {
    const out = new Float32Array(1);
    samples.read([rows - 1], out);
    assert.deepEqual([samples.count, out[0], id(rows - 1)], [rows, rows - 1, String(rows - 1)]);
  }
  assert.deepEqual(readdirSync(folder).filter((name) => name.includes("shared")), ["shared.parquet", "shared.parquet.almq"]);
});

test("loadPool(file, { features }) without an id calls samples by their number", async () => {
  const { id, features } = await loadPool(parquet, { features: ["a"], cache: join(folder, "numbers") });
  assert.deepEqual([id(17), features], ["17", ["a"]]);
});

test("samples.read(indices) of a pool on disk refuses an index that is none", async () => {
  const { samples } = await loadPool(parquet, columns);
  for (const indices of [[rows], [rows - 1, rows], [-1], [0.5]]) assert.throws(() => samples.read(indices, new Float32Array(4)), InputError);
});

const wrong: readonly [string, string, RegExp, Parameters<typeof loadPool>[1]?][] = [
  ["nulls", "SELECT CASE WHEN i = 3000 THEN NULL ELSE i END AS a FROM range(4000) t(i)", /finite number, got null at nulls.parquet, column a, row 3001/],
  ["infinities", "SELECT CASE WHEN i = 7 THEN 'inf'::DOUBLE ELSE i END AS a FROM range(10) t(i)", /finite number, got .*column a, row 8/],
  ["text", "SELECT 'x' AS a, 1 AS b", /numbers in the column a, or features that leave it out, got VARCHAR/],
  ["chosenText", "SELECT 'x' AS a, 1 AS b", /numbers in the column a, got VARCHAR/, { features: ["a"] }],
  ["numbers beyond single precision", "SELECT CASE WHEN i = 7 THEN 1e300 ELSE i END AS a FROM range(10) t(i)", /^InputError: loadPool: expected a table that can be read, got .*1e\+300 .*source column a at numbers beyond single precision.parquet$/],
  ["missing", "SELECT 1 AS a", /a column b, got a/, { features: ["b"] }],
  ["noId", "SELECT 1 AS a, CASE WHEN i = 2 THEN NULL ELSE i END AS name FROM range(4) t(i)", /an id, got null at .*column name, row 3/, { id: "name" }],
  ["empty", "SELECT 1 AS a WHERE false", /at least one row, got 0/],
  ["strangeClass", "SELECT 1 AS a, 'bird' AS kind", /a class of cat, dog, got bird at .*column kind, row 1/, { label: "kind", classes: ["cat", "dog"] }],
  ["onlyLabel", "SELECT 'cat' AS kind", /at least one feature column/, { label: "kind", classes: ["cat", "dog"] }],
];
for (const [name, sql, message, options] of wrong)
  test(`loadPool(a table with ${name}) says where, and leaves nothing`, async () => {
    const path = await writeTable(join(folder, `${name}.parquet`), sql);
    await assert.rejects(loadPool(path, options), (error: Error) => error instanceof InputError && message.test(String(error)));
    assert.ok(!existsSync(`${path}.almq`));
    assert.deepEqual(readdirSync(folder).filter((file) => file.endsWith(".part")), []);
  });

test("loadPool(a CSV with text late in a column of numbers) says so", async () => {
  const path = join(folder, "late.csv");
  writeFileSync(path, `a,b\n${"1,2\n".repeat(60_000)}1,two\n`);
  await assert.rejects(loadPool(path), (error: Error) => error instanceof InputError && /late.csv/.test(error.message) && /two|numbers/.test(error.message));
});

test("loadPool(a Parquet file whose row groups lie, or that is cut) refuses it", async () => {
  const whole = readFileSync(await writeTable(join(folder, "honest.parquet"), "SELECT i AS a FROM range(1000) t(i)"));
  const cut = join(folder, "cut.parquet");
  writeFileSync(cut, whole.subarray(0, whole.length - 100));
  await assert.rejects(loadPool(cut), InputError);
  const lying = join(folder, "lying.parquet");
  const thousand = Buffer.from([0xd0, 0x0f]); // 1000 as Thrift writes it, in a zigzag
  const footer = whole.length - 8 - whole.readUInt32LE(whole.length - 8);
  const changed = Buffer.from(whole);
  let at = changed.indexOf(thousand, footer);
  assert.ok(at > 0);
  for (; at > 0; at = changed.indexOf(thousand, at + 1)) changed.set([0xe0, 0x0f], at); // 1008 rows
  writeFileSync(lying, changed);
  await assert.rejects(loadPool(lying), InputError);
});

test("loadPool(path) refuses what is no file, another kind of file, and a cache folder that holds other things", async () => {
  await assert.rejects(loadPool(join(folder, "none.parquet")), /a file, got none/);
  writeFileSync(join(folder, "notes.txt"), "a\n1\n");
  await assert.rejects(loadPool(join(folder, "notes.txt")), /ends in .parquet, .csv or .tsv/);
  await assert.rejects(loadPool(parquet, { ...columns, cache: folder }), /a folder of its own/);
  await assert.rejects(loadPool(parquet, { ...columns, cache: join(parquet, "rows") }), /^InputError: loadPool: expected a folder, got a file at .*pool.parquet$/);
  for (const name of ["nothing.csv", "nothing.parquet"]) {
    writeFileSync(join(folder, name), "");
    await assert.rejects(loadPool(join(folder, name)), /a table, got an empty file at .*nothing/);
  }
});

test("loadPool(file) on a disk that fills up in the middle says so and leaves nothing; with room it goes through", { skip: process.platform === "win32" }, async () => {
  const path = await writeTable(join(folder, "large.parquet"), "SELECT i AS id, i AS a FROM range(50000) t(i)"); // 200 KB of numbers
  const program = `require("almq").loadPool(process.argv[1], { id: "id" }).then(() => console.log("whole"), (error) => console.log(error.name, error.message))`;
  const load = (limit: string) => spawnSync("bash", ["-c", `${limit} exec "$@"`, "bash", process.execPath, "-e", program, path], { encoding: "utf8" }).stdout;
  assert.match(load("ulimit -f 100;"), /^InputError loadPool: expected a file that can be written, got a file that may not grow at (values|ids)\.(npy|txt)\n$/);
  assert.deepEqual(readdirSync(folder).filter((name) => name.startsWith("large")), ["large.parquet"]);
  assert.equal(load(""), "whole\n");
});
