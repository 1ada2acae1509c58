import { refuse } from "../../runtime/refuse";
import { is, type PickleObject, type PickleValue } from "./instructions";
import { unpickle, type Constructors } from "./unpickle";

/** A PyTorch tensor as numbers, row-major. */
export interface TorchTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
}

/**
 * Constructors for a pickle that holds PyTorch tensors of floats: they check every size and copy the numbers out.
 *
 * A file that uses its numbers again and again could ask for more memory than there is: all tensors together hold no more
 * bytes than the file, and all storages neither.
 *
 * @param name of the file, for errors
 * @param size of the file in bytes
 */
export function torchTensors(name: string, size: number): Constructors {
  const within = () => {
    let left = size;
    return (bytes: number) => void ((left -= bytes) >= 0 || wrong(name, `no more numbers than its ${size} bytes hold`, "numbers used again"));
  };
  const [takeTensor, takeStorage] = [within(), within()];
  return {
    "torch._utils _rebuild_tensor_v2": ([storage, offset, size, stride]) => object(rebuild(storage, offset, size, stride, takeTensor, name)),
    "torch.storage _load_from_bytes": ([bytes]) => object(loadStorage(bytes, takeStorage, name)),
    "collections OrderedDict": (args) => (args.length === 0 ? { type: "dictionary", entries: new Map() } : wrong(name, "an empty OrderedDict", "arguments")),
  };
}

/** The tensor in a value, if it is one. */
export function asTensor(value: PickleValue | undefined): TorchTensor | undefined {
  return is(value, "object") && typeof value.value === "object" && value.value !== null && "shape" in value.value ? (value.value as TorchTensor) : undefined;
}

function rebuild(storage: PickleValue | undefined, offset: PickleValue | undefined, size: PickleValue | undefined, stride: PickleValue | undefined, take: (bytes: number) => void, name: string): TorchTensor {
  const values = is(storage, "object") ? storage.value : undefined;
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return wrong(name, "a tensor of floats", "another");
  const shape = wholeNumbers(size, name);
  const strides = wholeNumbers(stride, name);
  const rowMajor = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const count = shape.reduce((product, length) => product * length, 1);
  if (!Number.isSafeInteger(offset)) return wrong(name, "a whole offset", String(offset));
  const from = offset as number;
  if (strides.length !== shape.length || strides.some((step, axis) => step !== rowMajor[axis] && shape[axis] !== 1))
    return wrong(name, "a row-major tensor", `strides ${strides.join(" × ")}`);
  if (!(from >= 0 && from + count <= values.length)) return wrong(name, `a tensor within its ${values.length} numbers`, `${shape.join(" × ")} from ${from}`);
  take(count * values.BYTES_PER_ELEMENT);
  return { shape, values: values.slice(from, from + count) };
}

/** PyTorch's own file format of before 2020: four pickles, then the number of values and the values. */
function loadStorage(bytes: PickleValue | undefined, take: (bytes: number) => void, name: string): Float32Array | Float64Array {
  if (!(bytes instanceof Uint8Array)) return wrong(name, "a storage's bytes", "none");
  take(bytes.length);
  const constructors: Constructors = {
    "torch FloatStorage": () => wrong(name, "a type", "a call"),
    "torch DoubleStorage": () => wrong(name, "a type", "a call"),
  };
  let start = 0;
  const [magic, , system, storage] = Array.from({ length: 5 }, () => {
    const { value, end } = unpickle(bytes, { constructors, elsewhere: (description) => description, name: `a tensor in ${name}`, start });
    start = end;
    return value;
  });
  if (magic !== 0x1950a86a20f9469cfc6cn) wrong(name, "PyTorch's magic number", String(magic));
  if (!is(system, "dictionary") || system.entries.get("little_endian") !== true) wrong(name, "little-endian numbers", "others");
  const [kind, type, , , declared] = is(storage, "tuple") ? storage.items : [];
  if (kind !== "storage" || !is(type, "name")) return wrong(name, "a description of the storage", "another value");
  const width = type.name === "torch FloatStorage" ? 4 : 8;
  const rest = Buffer.from(bytes.subarray(start)); // copied, so that the numbers begin at a multiple of their width
  const count = rest.length >= 8 ? Number(rest.readBigUInt64LE()) : NaN;
  if (count !== declared || rest.length !== 8 + count * width) return wrong(name, `${String(declared)} numbers of ${width} bytes`, `${rest.length - 8} bytes for ${count}`);
  const numbers = rest.buffer.slice(rest.byteOffset + 8, rest.byteOffset + rest.length);
  return width === 4 ? new Float32Array(numbers) : new Float64Array(numbers);
}

function wholeNumbers(value: PickleValue | undefined, name: string): number[] {
  if (!is(value, "tuple")) return wrong(name, "a tuple of sizes", "another value");
  return value.items.map((item) => (Number.isSafeInteger(item) && (item as number) >= 0 ? (item as number) : wrong(name, "whole sizes of at least 0", String(item))));
}

function object(value: unknown): PickleObject {
  return { type: "object", value };
}

function wrong(name: string, expected: string, got: string): never {
  return refuse("readTorch", expected, got, name);
}
