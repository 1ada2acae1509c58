import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { refuse } from "../runtime/refuse";

/** Arrays by name, as a file of weights holds them, row-major. */
export type NamedArrays = Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>;

/** A header longer than this is not one. */
const longestHeader = 100 * 2 ** 20;

/** Bytes of a number, and how to read a buffer of them; other kinds are left out. */
const kinds: Readonly<Record<string, { bytes: number; read(bytes: Buffer): Float32Array }>> = {
  F32: { bytes: 4, read: (bytes) => Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i)) },
  F64: { bytes: 8, read: (bytes) => Float32Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i)) },
  F16: { bytes: 2, read: (bytes) => Float32Array.from({ length: bytes.length / 2 }, (_, i) => half(bytes.readUInt16LE(2 * i))) },
  BF16: { bytes: 2, read: (bytes) => new Float32Array(Uint32Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16LE(2 * i) << 16).buffer) },
};

/**
 * Reads the arrays of floating-point numbers in a safetensors file: an 8-byte length, a header in JSON that names
 * every array with its kind, shape and place, and the numbers. Nothing in such a file is executed.
 *
 * @returns arrays by name, as single precision; arrays of whole numbers are left out
 * @throws {InputError} when a length, a shape or a place does not hold together
 * @see https://github.com/huggingface/safetensors
 * @example
 * // not run: it needs the file, made in Python:
 * // safetensors.torch.save_file(torchvision.models.resnet18(weights="IMAGENET1K_V1").state_dict(), "resnet18.safetensors")
 * const pretrained = readSafetensors("resnet18.safetensors");
 */
export function readSafetensors(path: string): NamedArrays {
  const file = openSync(path, "r");
  try {
    const size = fstatSync(file).size;
    if (size < 8) refuse("readSafetensors", "at least 8 bytes", size, path);
    const length = Number(readAt(file, 0, 8, path).readBigUInt64LE());
    if (!(length >= 2 && length <= Math.min(size - 8, longestHeader)))
      refuse("readSafetensors", `a header of 2 to ${Math.min(size - 8, longestHeader)} bytes`, length, path);
    const header = parse(readAt(file, 8, length, path).toString("utf8"), path);
    const found = Object.entries(header).filter(([name]) => name !== "__metadata__");
    return Object.fromEntries(found.flatMap(([name, entry]) => readArray(file, 8 + length, size, name, entry, path)));
  } finally {
    closeSync(file);
  }
}

function parse(text: string, path: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(text);
    if (typeof header === "object" && header !== null && !Array.isArray(header)) return header as Record<string, unknown>;
  } catch {
    // refused below
  }
  return refuse("readSafetensors", "a header in JSON", text.slice(0, 40), path);
}

type Named = [name: string, array: { shape: number[]; values: Float32Array }];

function readArray(file: number, start: number, size: number, name: string, entry: unknown, path: string): Named[] {
  const where = `${name} in ${path}`;
  const { dtype, shape, data_offsets: place } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  if (typeof dtype !== "string" || !isCounts(shape) || !isCounts(place) || place.length !== 2)
    refuse("readSafetensors", "a kind, a shape and a place", entry, where);
  const kind = kinds[dtype];
  if (kind === undefined) return [];
  const [from, to] = place as [number, number];
  const bytes = shape.reduce((product, count) => product * count, kind.bytes);
  if (!(to <= size - start && to - from === bytes))
    refuse("readSafetensors", `${bytes} bytes for shape ${shape.join(" × ")} of ${dtype} within the file`, `${from} to ${to}`, where);
  return [[name, { shape, values: kind.read(readAt(file, start + from, bytes, path)) }]];
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function readAt(file: number, position: number, length: number, path: string): Buffer {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const got = readSync(file, bytes, done, length - done, position + done);
    if (got === 0) refuse("readSafetensors", `${length} bytes at byte ${position}`, done, path);
    done += got;
  }
  return bytes;
}

/** A number in half precision: 1 sign bit, 5 of the exponent, 10 of the fraction. */
function half(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
