import assert from "node:assert/strict";
import test from "node:test";
import { filesInMemory, readHar } from "almq";
import { read } from "../read";

const row = (change: Record<number, string> = {}) => Array.from({ length: 561 }, (_, i) => change[i] ?? (i / 1000).toExponential(7)).join(" ");
const folder = (change: Record<string, string> = {}, under = "") => {
  const files = { "train/X_train.txt": ` ${row()}\n ${row({ 2: "-5.0000000e-001" })}\n`, "train/y_train.txt": "1\n6\n", "test/X_test.txt": `${row()}\n`, "test/y_test.txt": "3\n", ...change };
  return filesInMemory("har", Object.entries(files).map(([name, text]) => [under + name, Buffer.from(text)] as const));
};

test("readHar(files) reads training and test set, at the top or in UCI's folder; class = label − 1", () => {
  for (const files of [folder(), folder({}, "UCI HAR Dataset/")]) {
    const { samples, labels, test } = readHar(files);
    assert.deepEqual([samples.count, ...samples.shape, [...labels], [...test.labels]], [2, 561, [0, 5], [2]]);
    assert.deepEqual(read(samples, [1]).slice(1, 4), [0.001, -0.5, 0.003].map(Math.fround));
  }
});

test("readHar(files) names file, line and column of what is wrong", () => {
  const wrong = (change: Record<string, string>, message: RegExp) => assert.throws(() => readHar(folder(change)), { name: "InputError", message });
  wrong({ "train/X_train.txt": `${row()}\n${row({ 7: "x" })}\n` }, /readHar: expected a finite number, got x at X_train.txt line 2, column 8/);
  wrong({ "train/X_train.txt": `${row({ 0: "NaN" })}\n${row()}` }, /expected a finite number, got NaN at X_train.txt line 1, column 1/);
  wrong({ "test/X_test.txt": "1 2 3\n" }, /expected 561 numbers, got 3 at X_test.txt line 1/);
  wrong({ "train/y_train.txt": "1\n7\n" }, /expected a label from 1 to 6, got 7 at y_train.txt line 2/);
  wrong({ "train/y_train.txt": "1\n1.5\n" }, /expected a label from 1 to 6, got 1.5/);
  wrong({ "train/y_train.txt": "1\n" }, /expected 2 labels, got 1 at y_train.txt/);
  wrong({ "test/y_test.txt": "" }, /expected at least one line, got an empty file at y_test.txt/);
});

test("readHar(files) refuses a folder without the files", () => {
  assert.throws(() => readHar(filesInMemory("empty", [])), { name: "InputError", message: /X_train.txt/ });
});

test("readHar(files) refuses a table of empty lines at the first, however long it is", () => {
  const empty = Buffer.alloc(2 ** 24, "\n");
  const begun = performance.now();
  const wrong = (name: string, last: string, message: string) => {
    const files = filesInMemory("har", [["train/X_train.txt", Buffer.from(row())], ["train/y_train.txt", Buffer.from("1")], [name, Buffer.concat([empty, Buffer.from(last)])]]);
    assert.throws(() => readHar(files), { name: "InputError", message });
  };
  wrong("train/X_train.txt", row(), "readHar: expected 561 numbers, got 0 at X_train.txt line 1");
  wrong("train/y_train.txt", "1", "readHar: expected a label from 1 to 6, got an empty line at y_train.txt line 1");
  assert.ok(performance.now() - begun < 1500);
});

test("readHar(files) refuses a line that never ends, and numbers that are not decimal", () => {
  const wrong = (change: Record<string, string>, message: RegExp) => assert.throws(() => readHar(folder(change)), { name: "InputError", message });
  wrong({ "train/X_train.txt": "1 ".repeat(2 ** 16) + "1" }, /expected lines of at most 65536 bytes, got 131073 at X_train.txt line 1/);
  wrong({ "train/X_train.txt": row({ 3: "0x10" }) }, /expected a finite number, got 0x10 at X_train.txt line 1, column 4/);
  wrong({ "train/y_train.txt": "1\n0b1\n" }, /expected a label from 1 to 6, got 0b1 at y_train.txt line 2/);
});
