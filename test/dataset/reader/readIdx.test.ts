import assert from "node:assert/strict";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { bytesInMemory, readIdxImages, readIdxLabels } from "almq";
import { idxBytes } from "../../../lib/dataset/writer/idxBytes";
import { read } from "../read";

const images = idxBytes([2, 1, 3], Uint8Array.of(0, 51, 255, 102, 0, 204));
const open = (bytes: Uint8Array, name = "images") => readIdxImages(bytesInMemory(name, bytes));
const changed = (bytes: Uint8Array, at: number, value: number) => bytes.map((byte, i) => (i === at ? value : byte));

test("readIdxImages(file) reads height × width × 1 with values from 0 to 1, gzipped or not", () => {
  for (const bytes of [images, gzipSync(images)]) {
    const samples = open(bytes);
    assert.deepEqual([samples.count, ...samples.shape], [2, 1, 3, 1]);
    assert.deepEqual(read(samples), [0, 0.2, 1, 0.4, 0, 0.8].map(Math.fround));
  }
});

test("readIdxLabels(file, classes) reads labels and refuses one that is no class, naming its byte", () => {
  const labels = idxBytes([3], Uint8Array.of(2, 0, 1));
  assert.deepEqual([...readIdxLabels(bytesInMemory("labels", gzipSync(labels)), 3)], [2, 0, 1]);
  assert.throws(() => readIdxLabels(bytesInMemory("labels", labels), 2), /readIdxLabels: expected a label below 2, got 2 at labels byte 8/);
});

test("readIdxImages(file) refuses a wrong magic, a length that lies and an empty side", () => {
  assert.throws(() => open(changed(images, 3, 1)), /expected magic number 2051, got 2049 at images byte 0/);
  assert.throws(() => open(changed(images, 2, 0x0d)), /expected magic number 2051, got 3331/);
  assert.throws(() => open(changed(images, 7, 3)), /expected 25 bytes for 3 × 1 × 3 values, got 22 at images/);
  assert.throws(() => open(changed(images, 4, 0xff)), { name: "InputError" });
  assert.throws(() => open(changed(images, 7, 0)), /expected sides of at least 1, got 0 at images byte 4/);
  assert.throws(() => open(images.subarray(0, 21)), /expected 22 bytes/);
  assert.throws(() => open(images.subarray(0, 9)), /expected an idx header of 16 bytes, got 9 bytes at images/);
  assert.throws(() => open(new Uint8Array()), { name: "InputError" });
});

test("readIdxImages(file) refuses a header that asks for 2⁹⁶ values", () => {
  const monster = Uint8Array.of(0, 0, 8, 3, ...Array<number>(12).fill(0xff));
  assert.throws(() => open(monster), /bytes for 4294967295 × 4294967295 × 4294967295 values, got 16/);
});

test("readIdxImages(gzip) refuses a gzip that is cut short, damaged, or lies about its size", () => {
  const whole = gzipSync(images);
  assert.throws(() => open(whole.subarray(0, whole.length - 9), "a.gz"), { name: "InputError", message: /at a\.gz/ });
  assert.throws(() => open(whole.subarray(0, 12), "a.gz"), /expected a whole gzip file, got 12 bytes at a.gz/);
  assert.throws(() => open(changed(whole, 14, whole[14]! ^ 0xff), "a.gz"), { name: "InputError", message: /a\.gz/ });
  const bomb = Buffer.from(whole);
  bomb.writeUInt32LE(2 ** 31, bomb.length - 4);
  assert.throws(() => open(bomb, "a.gz"), /unpacked bytes, got 2147483648 at a.gz byte \d+/);
  const understated = Buffer.from(gzipSync(new Uint8Array(10_000)));
  understated.writeUInt32LE(10, understated.length - 4);
  assert.throws(() => open(understated, "a.gz"), { name: "InputError" });
  assert.throws(() => open(Buffer.concat([whole, gzipSync("more")]), "a.gz"), /got more than the 4 unpacked bytes its end names \(several gzips in one file\?\) at a\.gz$/);
});
