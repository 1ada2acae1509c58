import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { bytesInMemory, readNpy, readNpyClasses } from "almq";
import { npyBytes, npyHeader } from "../../../lib/dataset/writer/npyBytes";
import { read } from "../read";
import { temporaryFolder } from "../temporaryFolder";

/** A NumPy file with this header, and so many bytes of values. */
function npy(header: string, values = 0, version = 1): ReturnType<typeof bytesInMemory> {
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  return bytesInMemory("x.npy", Buffer.concat([Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0`, "latin1"), length, Buffer.from(header), Buffer.alloc(values)]));
}
const header = (descr: string, shape: string, fortran = "False") => `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

test("readNpy(file) reads type, shape and place of the values of versions 1, 2 and 3", () => {
  for (const version of [1, 2, 3]) {
    const { type, shape, offset, file } = readNpy(npy(header("<f4", "(3, 2)"), 24, version));
    assert.deepEqual([type, shape, file.size - offset], ["<f4", [3, 2], 24]);
  }
  assert.deepEqual(readNpy(npy(header("|u1", "(5,)"), 5)).shape, [5]);
  assert.deepEqual(readNpy(npy(header("<f8", "()"), 8)).shape, []);
});

test("readNpy(file) refuses objects, Fortran order and other versions, naming the byte, and runs nothing", () => {
  assert.throws(() => readNpy(npy(header("|O", "(1,)"), 8)), /readNpy: expected values of type .*, got \|O at x.npy byte 10/);
  assert.throws(() => readNpy(npy(header("|u1", "(2, 2)", "True"), 4)), /expected row-major order, got Fortran order at x.npy byte 10/);
  assert.throws(() => readNpy(npy("{'descr': __import__('os').system('x'), 'fortran_order': False, 'shape': (1,)}", 1)), /expected descr, fortran_order and shape/);
  const twice = "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'shape': (2,), }";
  assert.throws(() => readNpy(npy(twice, 1)), /expected descr, fortran_order and shape, each once/);
  for (const shape of ["(1 9, 3)", "(L, 3)", "(3,, 1)", "(,)"]) assert.throws(() => readNpy(npy(header("|u1", shape), 3)), /expected whole numbers as shape, got .* at x.npy byte 10/);
  assert.throws(() => readNpy(npy("not a header", 1)), /expected a header in braces/);
  assert.throws(() => readNpy(npy(header("|u1", "(1,)"), 1, 4)), /expected NumPy format 1, 2 or 3, got 4 at x.npy byte 6/);
  assert.throws(() => readNpy(bytesInMemory("x.npy", Buffer.from("PK\x03\x04 something else"))), /expected a NumPy file, got another at x.npy byte 0/);
});

test("readNpy(file) refuses shapes that do not fit the file: 2⁴⁰ elements, one too few, one too many", () => {
  assert.throws(() => readNpy(npy(header("|u1", "(1099511627776,)"), 10)), /expected 1099511627856 bytes for 1099511627776 values of \|u1, got 90 at x.npy/);
  assert.throws(() => readNpy(npy(header("<f8", "(99999999999, 99999999999, 99999999999)"), 10)), { name: "InputError" });
  for (const values of [3, 5]) assert.throws(() => readNpy(npy(header("|u1", "(2, 2)"), values)), /bytes for 2 × 2 values of \|u1/);
});

test("readNpy(file) refuses a header longer than the file, and one longer than any header is", () => {
  const file = (length: number) => {
    const bytes = Buffer.from("\x93NUMPY\x02\0\0\0\0\0{}", "latin1");
    bytes.writeUInt32LE(length, 8);
    return bytesInMemory("x.npy", bytes);
  };
  assert.throws(() => readNpy(file(5000)), /expected a header of at least 5012 bytes, got 14 bytes at x.npy/);
  assert.throws(() => readNpy(file(0xffffffff)), /expected a header of at most 65536 bytes, got 4294967295 at x.npy byte 8/);
  for (let length = 0; length < 12; length++)
    assert.throws(() => readNpy(bytesInMemory("x.npy", Buffer.from("\x93NUMPY\x01\0\x76\0{'", "latin1").subarray(0, length))), { name: "InputError" });
});

test("readNpyClasses(files) reads image × channel × height × width as one class per file", () => {
  const file = (name: string, count: number, first: number) => bytesInMemory(name, npyBytes([count, 3, 1, 2], Uint8Array.from({ length: count * 6 }, (_, i) => first + i)));
  const { samples, labels } = readNpyClasses([file("a", 2, 0), file("b", 1, 100)]);
  assert.deepEqual([[...labels], [...samples.shape]], [[0, 0, 1], [1, 2, 3]]);
  assert.deepEqual(read(samples, [2]), [100, 102, 104, 101, 103, 105].map((byte) => Math.fround(byte / 255)));
});

test("readNpyClasses(files) reads a pool of 4.5 GB from disk by batch, holding next to nothing", (context) => {
  const path = join(temporaryFolder(context), "x.npy");
  writeFileSync(path, npyHeader([30_000, 3, 224, 224]));
  truncateSync(path, 128 + 30_000 * 150_528); // a file of holes: long, but empty
  const { samples } = readNpyClasses([path]);
  const out = new Float32Array(8 * 150_528);
  const before = process.memoryUsage().rss;
  for (let batch = 0; batch < 20; batch++) samples.read(Array.from({ length: 8 }, (_, i) => 1499 * batch + i), out);
  assert.equal(samples.count, 30_000);
  assert.ok(process.memoryUsage().rss - before < 2e8);
});

test("readNpyClasses(files) refuses other types and shapes, and sizes that differ", () => {
  const bytes = (shape: number[]) => bytesInMemory("x.npy", npyBytes(shape, new Uint8Array(shape.reduce((a, b) => a * b))));
  assert.throws(() => readNpyClasses([npy(header("<f4", "(1, 3, 1, 1)"), 12)]), /expected unsigned bytes, image × channel × height × width, got <f4, 1 × 3 × 1 × 1 at x.npy/);
  assert.throws(() => readNpyClasses([bytes([4, 4])]), /got \|u1, 4 × 4/);
  assert.throws(() => readNpyClasses([bytes([1, 3, 2, 2]), bytes([1, 3, 2, 1])]), /expected samples of shape 2 × 2 × 3, got 2 × 1 × 3/);
  assert.throws(() => readNpyClasses([bytes([0, 3, 2, 2])]), /expected at least one image, got 0/);
  assert.throws(() => readNpyClasses([bytes([5, 3, 0, 2])]), /expected sides of at least 1, got 5 × 3 × 0 × 2 at x.npy/);
});
