import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { bytesInMemory, readHandwriting } from "almq";
import { temporaryFolder } from "../temporaryFolder";

const columns = ["Yall", ...Array.from({ length: 64 }, (_, i) => `V${i + 1}`)];
const blank = () => Array<string>(64).fill("0");

/** A CSV of twelve rows, changed before it is written out. */
function csv(change: (rows: string[][]) => void = () => {}) {
  const rows = [columns.slice(), ...Array.from({ length: 12 }, (_, i) => [String((i % 10) + 1), ...blank()])];
  change(rows);
  return bytesInMemory("data.csv", Buffer.from(rows.map((row) => row.join()).join("\n") + "\n"));
}

function refused(change: (rows: string[][]) => void, message: RegExp | string) {
  assert.throws(() => readHandwriting(csv(change)), { name: "InputError", message });
}

test("readHandwriting(csv) divides counts by 16 and makes class 0 of digit 1, class 9 of digit 0", () => {
  const data = readHandwriting(csv((rows) => ((rows[3]![1] = "16"), (rows[3]![64] = "4"))));
  const values = new Float32Array(64);
  data.samples.read([2], values);
  assert.equal(data.samples.count, 12);
  assert.deepEqual(data.samples.shape, [64]);
  assert.deepEqual([values[0], values[1], values[63]], [1, 0, 0.25]);
  assert.deepEqual([...data.labels], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  assert.deepEqual([data.classes[0], data.classes[9]], ["1", "0"]);
  assert.match(data.source, /not the UCI set/);
});

test("readHandwriting(csv) takes columns in any order, quoted, with a byte order mark and empty lines", () => {
  const source = csv((rows) => rows.forEach((row) => row.reverse().forEach((cell, i) => (row[i] = `"${cell}"`))));
  const bytes = new Uint8Array(source.size);
  source.read(0, bytes);
  const withMark = Buffer.concat([Buffer.from("\uFEFF"), bytes, Buffer.from("\r\n\r\n")]);
  assert.deepEqual([...readHandwriting(bytesInMemory("data.csv", withMark)).labels].slice(0, 3), [0, 1, 2]);
});

test("readHandwriting([tra, tes]) reads the UCI form: 64 counts, then the digit, no header", () => {
  const file = (name: string, digits: number[]) => bytesInMemory(name, Buffer.from(digits.map((d) => [...blank(), d].join()).join("\n")));
  const data = readHandwriting([file("optdigits.tra", [0, 1, 2, 3, 4, 5]), file("optdigits.tes", [6, 7, 8, 9, 0])]);
  assert.deepEqual([...data.labels], [9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("readHandwriting(csv) names file, line and column of what is wrong", () => {
  refused((rows) => rows.forEach((row) => row.splice(6, 1)), "readHandwriting: expected a column V6, got none at data.csv line 1");
  refused((rows) => rows.forEach((row) => row.shift()), "readHandwriting: expected a column Yall, got none at data.csv line 1");
  refused((rows) => (rows[5]![3] = "x"), "readHandwriting: expected a count from 0 to 16, got x at data.csv line 6, column V3");
  refused((rows) => (rows[5]![3] = "NaN"), "readHandwriting: expected a count from 0 to 16, got NaN at data.csv line 6, column V3");
  refused((rows) => (rows[5]![3] = ""), "readHandwriting: expected a count from 0 to 16, got an empty cell at data.csv line 6, column V3");
  refused((rows) => (rows[2]![64] = "17"), "readHandwriting: expected a count from 0 to 16, got 17 at data.csv line 3, column V64");
  refused((rows) => (rows[2]![64] = "-1"), "readHandwriting: expected a count from 0 to 16, got -1 at data.csv line 3, column V64");
  refused((rows) => (rows[2]![64] = "1.5"), "readHandwriting: expected a count from 0 to 16, got 1.5 at data.csv line 3, column V64");
  refused((rows) => (rows[4]![0] = "11"), "readHandwriting: expected a label from 1 to 10, got 11 at data.csv line 5, column Yall");
  refused((rows) => (rows[4]![0] = "0"), "readHandwriting: expected a label from 1 to 10, got 0 at data.csv line 5, column Yall");
  refused((rows) => rows[7]!.pop(), "readHandwriting: expected 65 columns, got 64 at data.csv line 8");
  refused((rows) => rows.splice(10), "readHandwriting: expected at least 10 rows, one for every digit, got 9");
  refused((rows) => rows.splice(0), /expected at least 10 rows.*got an empty file at data.csv/);
  refused((rows) => (rows[3]![2] = '"'), /expected a table of comma-separated values.*at data.csv/);
});

test("readHandwriting(path) names the whole path of the file", (context) => {
  const path = join(temporaryFolder(context), "digits.csv");
  writeFileSync(path, `${columns.join()}\n1,x${",0".repeat(63)}\n`);
  assert.throws(() => readHandwriting(path), { name: "InputError", message: `readHandwriting: expected a count from 0 to 16, got x at ${path} line 2, column V1` });
});

test("readHandwriting(path) refuses a file that is not there", () => {
  assert.throws(() => readHandwriting("/nowhere/data.csv"), { name: "InputError", message: /got no such place at .nowhere.data\.csv/ });
});

const folder = process.env.ALMQ_DATA;
const real = folder === undefined ? undefined : join(folder, "handwriting", "data.csv");
test("readHandwriting(UCI) knows the real rows by their checksum", { skip: real === undefined || !existsSync(real) }, () => {
  const data = readHandwriting(real!);
  assert.equal(data.source, "UCI handwritten digits");
  assert.equal(data.samples.count, 5620);
  const perClass = new Array<number>(10).fill(0);
  data.labels.forEach((label) => perClass[label]!++);
  assert.deepEqual(perClass, [571, 557, 572, 568, 558, 558, 566, 554, 562, 554]);
});
