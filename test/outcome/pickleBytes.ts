/** Writes the few pickles the tests need, byte by byte: good ones, and ones that mean harm. */
const bytes = (...parts: (string | number | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.of(part) : Buffer.from(part as Uint8Array))));
const uint32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);

export const name = (module: string, attribute: string) => bytes("c", `${module}\n${attribute}\n`);
export const text = (value: string) => bytes("X", uint32(Buffer.byteLength(value)), value);
export const integer = (value: number) => bytes("J", uint32(value));
export const blob = (value: Uint8Array, length = value.length) => bytes("B", uint32(length), value);
export const tuple = (...items: Uint8Array[]) => bytes("(", ...items, "t");
export const list = (...items: Uint8Array[]) => bytes("](", ...items, "e");
export const call = (callee: Uint8Array, ...args: Uint8Array[]) => bytes(callee, tuple(...args), "R");
export const pickle = (value: Uint8Array, protocol = 3) => bytes(0x80, protocol, value, ".");
export const join = bytes;

/** A tensor as PyTorch pickles it. `declared` and `stored` may lie about the number of values. */
export function tensor(values: readonly number[], shape: readonly number[], { declared = values.length, stored = values.length } = {}): Buffer {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const storage = call(name("torch.storage", "_load_from_bytes"), blob(torchFile(values, declared, stored)));
  const empty = call(name("collections", "OrderedDict"));
  const sizes = (numbers: readonly number[]) => tuple(...numbers.map(integer));
  return call(name("torch._utils", "_rebuild_tensor_v2"), storage, integer(0), sizes(shape), sizes(strides), bytes(0x89), empty);
}

/** PyTorch's own format of a storage. */
export function tensorFile(values: readonly number[]): Buffer {
  return torchFile(values, values.length, values.length);
}

function torchFile(values: readonly number[], declared: number, stored: number): Buffer {
  const magic = pickle(bytes(0x8a, 10, Buffer.from("6cfc9c46f9206aa85019", "hex")), 2);
  const system = pickle(bytes("}(", text("little_endian"), 0x88, "u"), 2);
  const storage = tuple(text("storage"), name("torch", "FloatStorage"), text("1"), text("cpu"), integer(declared), Buffer.of(0x4e));
  const head = [magic, pickle(integer(1001), 2), system, pickle(bytes(storage, "Q"), 2), pickle(list(text("1")), 2)];
  return bytes(...head, uint32(stored), uint32(0), Buffer.from(Float32Array.from(values).buffer));
}
