import { bytesOnDisk, type ByteSource } from "../dataset/byteSource";
import { refuse } from "../runtime/refuse";

/** Arrays by name, as a file of weights holds them, row-major. */
export type NamedArrays = Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>;

/** A header longer than this is not one. */
const longestHeader = 100 * 2 ** 20;

/** Bytes of a number, and how to read a buffer of them. */
interface Kind {
  readonly bytes: number;
  read(bytes: Buffer): Float32Array;
}

/** Other kinds are left out. */
const kinds: Readonly<Record<string, Kind>> = {
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
 * @throws {InputError} when there is no such file, or a length, a shape or a place does not hold together
 * @see https://github.com/huggingface/safetensors
 * @example
 * // not run: it needs the file, made in Python:
 * // safetensors.torch.save_file(torchvision.models.resnet18(weights="IMAGENET1K_V1").state_dict(), "resnet18.safetensors")
 * const pretrained = readSafetensors("resnet18.safetensors");
 */
export function readSafetensors(path: string): NamedArrays {
  const file = bytesOnDisk(path);
  if (file.size < 8) refuse("readSafetensors", "at least 8 bytes", file.size, path);
  const most = Math.min(file.size - 8, longestHeader);
  const length = Number(bytesAt(file, 0, 8).readBigUInt64LE());
  if (!(length >= 2 && length <= most)) refuse("readSafetensors", `a header of 2 to ${most} bytes`, length, path);
  const header = parse(bytesAt(file, 8, length).toString("utf8"), path);
  const places = Object.entries(header).filter(([name]) => name !== "__metadata__").map(([name, entry]) => placeOf(name, entry, path));
  requireTiled(places, file.size - 8 - length, path);
  return Object.fromEntries(places.flatMap(({ name, shape, kind, from, to }) => (kind === undefined ? [] : [[name, { shape, values: kind.read(bytesAt(file, 8 + length + from, to - from)) }]])));
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

/** Where the numbers of an array are, counted from the end of the header. */
interface Place {
  readonly name: string;
  readonly shape: readonly number[];
  /** Absent for whole numbers. */
  readonly kind: Kind | undefined;
  readonly from: number;
  readonly to: number;
}

function placeOf(name: string, entry: unknown, path: string): Place {
  const { dtype, shape, data_offsets: place } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  const where = `${name} in ${path}`;
  if (typeof dtype !== "string" || !isCounts(shape) || !isCounts(place) || place.length !== 2) refuse("readSafetensors", "a kind, a shape and a place", entry, where);
  const [from, to] = place as [number, number];
  const kind = Object.hasOwn(kinds, dtype) ? kinds[dtype] : undefined;
  const bytes = kind && shape.reduce((product, count) => product * count, kind.bytes);
  if (bytes !== undefined && to - from !== bytes) refuse("readSafetensors", `${bytes} bytes for shape ${shape.join(" × ")} of ${dtype}`, `${from} to ${to}`, where);
  return { name, shape, kind, from, to };
}

/** The arrays lie one behind the other up to the end, as the format says: otherwise a small file could name the same bytes a thousand times. */
function requireTiled(places: readonly Place[], size: number, path: string): void {
  let end = 0;
  for (const { name, from, to } of [...places].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end || to < from || to > size) refuse("readSafetensors", `an array from byte ${end} on, within ${size} bytes`, `${from} to ${to}`, `${name} in ${path}`);
    end = to;
  }
  if (end !== size) refuse("readSafetensors", `${size} bytes of arrays`, end, path);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function bytesAt(file: ByteSource, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  file.read(offset, bytes);
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
