import assert from "node:assert/strict";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { bytesInMemory, readCifar10 } from "almq";
import { read } from "../read";

/** A batch of images with these labels; every image is red 10, green 20, blue 30. */
function batch(...labels: number[]) {
  const image = [10, 20, 30].flatMap((value) => Array<number>(1024).fill(value));
  return Uint8Array.from(labels.flatMap((label) => [label, ...image]));
}

test("readCifar10(batches) reads labels and colours of all batches, gzipped or not", () => {
  const { samples, labels } = readCifar10([bytesInMemory("1", batch(3, 9)), bytesInMemory("2.gz", gzipSync(batch(0)))]);
  assert.deepEqual([...labels], [3, 9, 0]);
  assert.deepEqual([samples.count, ...samples.shape], [3, 32, 32, 3]);
  assert.deepEqual(read(samples, [2]).slice(0, 6), [10, 20, 30, 10, 20, 30].map((byte) => Math.fround(byte / 255)));
});

test("readCifar10(batches) refuses a batch that is not whole, and a label that is none, naming the byte", () => {
  assert.throws(() => readCifar10([bytesInMemory("b", batch(1, 2).subarray(0, 4000))]), /expected whole images of 3073 bytes, got 4000 bytes at b/);
  assert.throws(() => readCifar10([bytesInMemory("b", new Uint8Array())]), { name: "InputError" });
  assert.throws(() => readCifar10([bytesInMemory("b", batch(1, 10))]), /expected a label from 0 to 9, got 10 at b byte 3073/);
  assert.throws(() => readCifar10([bytesInMemory("b.gz", gzipSync(batch(1)).subarray(0, 30))]), { name: "InputError" });
});
