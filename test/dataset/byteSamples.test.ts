import assert from "node:assert/strict";
import { mkdtempSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import fc from "fast-check";
import { bytesInMemory, bytesOnDisk, byteSamples, channelScale, concatenate, floatSamples, normalizeImages } from "almq";
import { read } from "./read";
import { temporaryFolder } from "./temporaryFolder";

const single = (value: number) => Math.fround(value / 255);

test("byteSamples(file, { order: \"planar\" }) reads red, green, blue planes as height × width × channel, each value / 255", () => {
  const file = bytesInMemory("f", Uint8Array.of(9, /* red */ 1, 2, /* green */ 3, 4, /* blue */ 5, 6));
  const samples = byteSamples(file, { offset: 1, count: 1, shape: [1, 2, 3], order: "planar" });
  assert.deepEqual(samples.shape, [1, 2, 3]);
  assert.deepEqual(read(samples), [1, 3, 5, 2, 4, 6].map(single));
});

test("byteSamples(file, layout) reads the same from disk as from memory, in whatever order", (context) => {
  const path = join(temporaryFolder(context), "images.bin");
  const bytes = Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 256);
  writeFileSync(path, bytes);
  fc.assert(
    fc.property(fc.array(fc.nat(8), { minLength: 1, maxLength: 20 }), fc.constantFrom("planar", "interleaved"), (indices, order) => {
      const layout = { offset: 7, stride: 50, count: 9, shape: [4, 3, 3] as const, order: order as "planar" };
      assert.deepEqual(read(byteSamples(bytesOnDisk(path), layout), indices), read(byteSamples(bytesInMemory("m", bytes), layout), indices));
    }),
  );
});

test("byteSamples(file, layout) refuses a file that is too short, before anything is read", () => {
  const layout = { offset: 4, count: 3, shape: [2, 2, 1] as const };
  assert.equal(byteSamples(bytesInMemory("f", new Uint8Array(16)), layout).count, 3);
  assert.throws(() => byteSamples(bytesInMemory("f", new Uint8Array(15)), layout), /byteSamples: expected 16 bytes, got 15 at f/);
  assert.throws(() => byteSamples(bytesInMemory("f", new Uint8Array(15)), { offset: 0, count: 2 ** 40, shape: [2, 2, 1] }), { name: "InputError" });
});

test("byteSamples(file, layout) refuses an offset, a stride or a count that is no whole number", () => {
  for (const wrong of [{ count: -1 }, { offset: 0.5, count: 1.5 }, { offset: -1 }, { stride: 4.5 }])
    assert.throws(() => byteSamples(bytesInMemory("f", new Uint8Array(99)), { offset: 0, count: 3, shape: [2, 2, 1], ...wrong }), { name: "InputError", message: /byteSamples: expected whole numbers as offset, stride and count, got \[.*\] at f/ });
});

test("a file that becomes shorter while it is read is refused, not filled up with zeros", (context) => {
  const path = join(mkdtempSync(join(temporaryFolder(context), "x")), "images.bin");
  writeFileSync(path, new Uint8Array(40));
  const samples = byteSamples(bytesOnDisk(path), { offset: 0, count: 10, shape: [2, 2, 1] });
  truncateSync(path, 10);
  assert.throws(() => read(samples, [9]), /the file became shorter/);
});

test("concatenate(lots) reads across the borders, empty lots included", () => {
  const lot = (...values: number[]) => floatSamples(Float32Array.from(values), [1]);
  const all = concatenate([lot(), lot(1, 2), lot(), lot(3), lot()]);
  assert.equal(all.count, 3);
  assert.deepEqual(read(all, [2, 0, 1, 2]), [3, 1, 2, 3]);
  assert.throws(() => concatenate([]), /expected at least one lot of samples, got none/);
  assert.throws(() => concatenate([lot(1), floatSamples(new Float32Array(2), [2])]), /expected samples of shape 1, got 2 at lot 1/);
});

test("channelScale(samples) finds no deviation in a channel that is the same everywhere, and refuses no images", () => {
  const grey = floatSamples(new Float32Array(3 * 700).fill(0.3), [1, 700, 1]);
  assert.ok(channelScale(grey).standardDeviation[0]! < 1e-6);
  assert.throws(() => channelScale(floatSamples(new Float32Array(0), [1, 1, 1])), /channelScale: expected at least one image, got 0/);
});

test("normalizeImages(samples, channelScale(samples)) gives every channel mean 0 and deviation 1", () => {
  const images = floatSamples(Float32Array.from({ length: 5 * 12 }, (_, i) => ((i * 7) % 11) / 11 + (i % 3)), [2, 2, 3]);
  const again = channelScale(normalizeImages(images, channelScale(images)));
  for (let channel = 0; channel < 3; channel++) {
    assert.ok(Math.abs(again.mean[channel]!) < 1e-6);
    assert.ok(Math.abs(again.standardDeviation[channel]! - 1) < 1e-5);
  }
});

test("normalizeImages(samples, scale) refuses scales that do not fit the channels", () => {
  const grey = floatSamples(new Float32Array(4), [2, 2, 1]);
  assert.throws(() => normalizeImages(grey, { mean: [0, 0], standardDeviation: [1, 1] }), /expected 1 means and deviations, got 2 and 2/);
  for (const sd of [0, -1, NaN, Infinity]) assert.throws(() => normalizeImages(grey, { mean: [0], standardDeviation: [sd] }), { name: "InputError" });
});
