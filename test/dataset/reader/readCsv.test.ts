import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import test from "node:test";
import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { bytesInMemory, readCsv } from "almq";
import { read } from "../read";

const table = (text: string) => bytesInMemory("mine.csv", Buffer.from(text));
const iris = table('id,width,"length, cm",kind\n1,0.5,2,b\n2,-1e-3,4,a\n3,7,8,\n');

test("readCsv(file, { label }) takes all other columns as features and sorts the classes", () => {
  const data = readCsv(iris, { label: "kind" });
  assert.deepEqual([data.classes, [...data.labels], [...data.samples.shape], data.source, data.standIn], [["a", "b"], [1, 0, -1], [3], "mine.csv", false]);
  assert.deepEqual(read(data.samples, [1]), [2, -0.001, 4].map(Math.fround));
});

test("readCsv(file, { features, classes }) takes columns and classes in the order given; rows may have no label at all", () => {
  const data = readCsv(iris, { features: ["length, cm", "width"], classes: ["yes", "no"], source: "my flowers" });
  assert.deepEqual([read(data.samples, [0]), [...data.labels], data.source], [[2, 0.5], [-1, -1, -1], "my flowers"]);
});

test("readCsv(file) reads a gzipped table", () => {
  assert.equal(readCsv(bytesInMemory("t.csv.gz", gzipSync("x,y\n1,a\n2,b\n")), { label: "y" }).samples.count, 2);
});

test("readCsv(file, options) names line and column of what is wrong", () => {
  const wrong = (text: string, options: Parameters<typeof readCsv>[1], message: RegExp) => assert.throws(() => readCsv(table(text), options), { name: "InputError", message });
  wrong("x,y\n1,a\n", { label: "kind" }, /readCsv: expected a column kind, got x, y at mine.csv line 1/);
  wrong("x,y\n1,a\nq,b\n", { label: "y" }, /expected a finite number, got q at mine.csv line 3, column x/);
  wrong("x,y\n1,a\n,b\n", { label: "y" }, /expected a finite number, got an empty cell at mine.csv line 3, column x/);
  wrong("x,y\n1,a\nInfinity,b\n", { label: "y" }, /expected a finite number, got Infinity/);
  wrong("x,y\n1,a\n2\n", { label: "y" }, /expected 2 columns, got 1 at mine.csv line 3/);
  wrong("x,y\n1,a\n2,a\n", { label: "y" }, /expected at least two classes.*, got 1/);
  wrong("x,y\n1,a\n2,c\n", { label: "y", classes: ["a", "b"] }, /expected a class of a, b, got c at mine.csv line 3/);
  wrong("x,y\n", { label: "y" }, /expected a header line and at least one row, got none at mine.csv/);
  wrong("", { label: "y" }, /expected a header line/);
  wrong("y\na\nb\n", { label: "y" }, /expected at least one feature column, got none/);
  wrong("x,y,x\n1,a,2\n2,b,3\n", { label: "y" }, /expected a name of its own for every column, got two called x at mine.csv line 1/);
  wrong("x,y\n1,0\n2,1\n", { label: "y", features: ["x", "y"] }, /expected features without the label, got y/);
  wrong("x,y\n1,a\n2,a\n", { label: "y", classes: ["a", "a"] }, /expected classes that differ/);
  for (const cell of ["0x10", "0B11", "0o7", '" "']) wrong(`x,y\n1,a\n${cell},b\n`, { label: "y" }, /expected a finite number, got .* at mine.csv line 3, column x/);
  wrong("x,y\n1,a\n", { label: "y", features: "x" as never }, /expected a list of features, got x/);
  wrong("x,y\n1,a\n1e39,b\n", { label: "y" }, /expected a finite number, got 1e39 at mine.csv line 3, column x/); // too large for single precision
});

test("readCsv(file) reads a long table of short rows in little more room than its numbers take", async () => {
  const read = ({ rows, readers }: { rows: number; readers: string }) => {
    const { bytesInMemory } = require(`${readers}/../byteSource`);
    const { readCsv } = require(`${readers}/readCsv`);
    const { samples } = readCsv(bytesInMemory("long.csv", Buffer.from("a,k\n" + "1,2\n".repeat(rows - 1) + "3,4\n")), { label: "k" });
    require("node:worker_threads").parentPort.postMessage(samples.count);
  };
  const workerData = { rows: 200_000, readers: join(__dirname, "../../../lib/dataset/reader") };
  const worker = new Worker(`(${read})(require("node:worker_threads").workerData)`, { eval: true, workerData, resourceLimits: { maxOldGenerationSizeMb: 32 } });
  assert.deepEqual(await once(worker, "message"), [200_000]); // out of memory is an error
});

test("readCsv(file) refuses text that is not in UTF-8, and a row that never ends, naming the line", () => {
  const latin1 = bytesInMemory("excel.csv", Buffer.from("a,k\r\n1,tea\r\n2,caf\xe9\r\n3,caf\xe8\r\n", "latin1"));
  assert.throws(() => readCsv(latin1, { label: "k" }), { name: "InputError", message: "readCsv: expected text in UTF-8, got another encoding at excel.csv line 3" });
  assert.throws(() => readCsv(bytesInMemory("wide.csv", Buffer.alloc(2 ** 24 + 1, ","))), { name: "InputError", message: /readCsv: expected rows of at most 16777216 bytes, got a longer one at wide\.csv line 1/ });
  const utf16 = bytesInMemory("excel.csv", Buffer.from("\ufeffa,k\r\n1,caf\u00e9\r\n2,tea\r\n", "utf16le"));
  assert.deepEqual(readCsv(utf16, { label: "k" }).classes, ["caf\u00e9", "tea"]);
});

test("readCsv(file) reads lines that end in any way, also mixed, behind a byte order mark", () => {
  for (const text of ["\ufeffx,y\r\n1,a\n2,b\r\n", "x,y\n1,a\r\n2,b\n", "x,y\r1,a\r2,b"])
    assert.deepEqual(read(readCsv(table(text), { label: "y" }).samples), [1, 2]);
});
