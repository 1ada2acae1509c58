import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { InputError, readSafetensors } from "almq";

const folder = mkdtempSync(join(tmpdir(), "almq-test-"));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, "weights.safetensors");

function write(header: unknown, numbers: Buffer, length?: bigint): void {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length ?? BigInt(text.length));
  writeFileSync(path, Buffer.concat([size, text, numbers]));
}

test("readSafetensors(path) reads single, double, half and brain floats, and leaves whole numbers out", () => {
  const numbers = Buffer.alloc(8 + 8 + 6 + 4 + 8);
  numbers.writeFloatLE(1.5, 0);
  numbers.writeFloatLE(-2, 4);
  numbers.writeDoubleLE(0.25, 8);
  [0x3c00, 0xc100, 0x0001].forEach((bits, i) => numbers.writeUInt16LE(bits, 16 + 2 * i)); // 1, −2.5, 2⁻²⁴
  [0x3f80, 0xc020].forEach((bits, i) => numbers.writeUInt16LE(bits, 22 + 2 * i)); // 1, −2.5
  write({
    __metadata__: { format: "pt" },
    single: { dtype: "F32", shape: [2, 1], data_offsets: [0, 8] },
    double: { dtype: "F64", shape: [], data_offsets: [8, 16] },
    half: { dtype: "F16", shape: [3], data_offsets: [16, 22] },
    brain: { dtype: "BF16", shape: [2], data_offsets: [22, 26] },
    steps: { dtype: "I64", shape: [], data_offsets: [26, 34] },
  }, numbers);
  assert.deepEqual(readSafetensors(path), {
    single: { shape: [2, 1], values: Float32Array.of(1.5, -2) },
    double: { shape: [], values: Float32Array.of(0.25) },
    half: { shape: [3], values: Float32Array.of(1, -2.5, 2 ** -24) },
    brain: { shape: [2], values: Float32Array.of(1, -2.5) },
  });
});

const wrong: [what: string, header: unknown, bytes: number, length?: bigint][] = [
  ["a header longer than the file", {}, 0, 1n << 60n],
  ["a header that is not JSON", "{not json}", 0],
  ["a header that is a list", "[]", 0],
  ["an array behind the end of the file", { w: { dtype: "F32", shape: [4], data_offsets: [0, 16] } }, 8],
  ["a shape that does not fill its place", { w: { dtype: "F32", shape: [3], data_offsets: [0, 8] } }, 8],
  ["a shape of 2⁴⁰ numbers", { w: { dtype: "F32", shape: [2 ** 20, 2 ** 20], data_offsets: [0, 8] } }, 8],
  ["a negative count", { w: { dtype: "F32", shape: [-2], data_offsets: [0, 8] } }, 8],
  ["a place that begins before the numbers", { w: { dtype: "F32", shape: [2], data_offsets: [-8, 0] } }, 8],
  ["an entry that is null", { w: null }, 8],
  ["arrays that overlap", { a: { dtype: "F32", shape: [2], data_offsets: [0, 8] }, b: { dtype: "F32", shape: [2], data_offsets: [0, 8] } }, 8],
  ["a hole between arrays", { a: { dtype: "F32", shape: [1], data_offsets: [0, 4] }, b: { dtype: "F32", shape: [1], data_offsets: [8, 12] } }, 12],
  ["bytes behind the last array", { a: { dtype: "F32", shape: [1], data_offsets: [0, 4] } }, 8],
  ["whole numbers that run backwards", { a: { dtype: "I64", shape: [1], data_offsets: [8, 0] } }, 8],
];

for (const [what, header, bytes, length] of wrong)
  test(`readSafetensors(path) refuses ${what}`, () => {
    write(header, Buffer.alloc(bytes), length);
    assert.throws(() => readSafetensors(path), InputError);
  });

test("readSafetensors(path) refuses a file too short for a header", () => {
  writeFileSync(path, "abc");
  assert.throws(() => readSafetensors(path), { name: "InputError", message: `readSafetensors: expected at least 8 bytes, got 3 at ${path}` });
});

test("readSafetensors(path) names the array that overlaps another, and a path where no file is", () => {
  const place = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
  write({ a: place, b: place }, Buffer.alloc(4));
  assert.throws(() => readSafetensors(path), { name: "InputError", message: `readSafetensors: expected an array from byte 4 on, within 4 bytes, got 0 to 4 at b in ${path}` });
  assert.throws(() => readSafetensors(join(folder, "none")), { name: "InputError", message: /no such place at .*none$/ });
  assert.throws(() => readSafetensors(folder), { name: "InputError" });
});
