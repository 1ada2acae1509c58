import { refuse } from "../../runtime/refuse";
import { asByteSource, type ByteSource, type FileInput } from "../byteSource";

/** An array in a NumPy file: what it is and where its values begin. */
export interface NpyArray {
  readonly file: ByteSource;
  /** NumPy's name of the type of a value, e.g. `"|u1"` for unsigned bytes, `"<f4"` for single precision. */
  readonly type: string;
  readonly shape: readonly number[];
  /** Byte at which the values begin, last side fastest. */
  readonly offset: number;
}

/** Bytes of a value, by type. Objects are not among them: they would have to be run to be read. */
const widths: Readonly<Record<string, number>> = { "|u1": 1, "|i1": 1, "<i2": 2, "<u2": 2, "<i4": 4, "<u4": 4, "<i8": 8, "<u8": 8, "<f4": 4, "<f8": 8 };
const longestHeader = 2 ** 16;
const caller = "readNpy";

/**
 * Reads the header of a NumPy file (`.npy`, versions 1 to 3) and checks it against the file's size; reads no values.
 *
 * @throws {InputError} naming file and byte for a wrong magic, Fortran order, a type that is not plain numbers, or a shape that does not fit the file
 * @see NumPy Enhancement Proposal 1
 */
export function readNpy(input: FileInput): NpyArray {
  const file = asByteSource(input);
  const start = bytes(file, 0, 8);
  if (String.fromCharCode(...start.subarray(1, 6)) !== "NUMPY" || start[0] !== 0x93) refuse(caller, "a NumPy file", "another", `${file.name} byte 0`);
  const version = start[6]!;
  if (version < 1 || version > 3) refuse(caller, "NumPy format 1, 2 or 3", version, `${file.name} byte 6`);
  const lengthBytes = version === 1 ? 2 : 4;
  const view = new DataView(bytes(file, 8, lengthBytes).buffer);
  const length = version === 1 ? view.getUint16(0, true) : view.getUint32(0, true);
  if (length > longestHeader) refuse(caller, `a header of at most ${longestHeader} bytes`, length, `${file.name} byte 8`);
  const text = Buffer.from(bytes(file, 8 + lengthBytes, length)).toString(version === 3 ? "utf8" : "latin1");
  const where = `${file.name} byte ${8 + lengthBytes}`;
  const { type, shape } = parseHeader(text, where);
  const offset = 8 + lengthBytes + length;
  const size = offset + widths[type]! * shape.reduce((product, side) => product * side, 1);
  if (size !== file.size) refuse(caller, `${size} bytes for ${shape.join(" × ")} values of ${type}`, file.size, where);
  return { file, type, shape, offset };
}

/** The header is a Python dictionary of three entries; only that is understood, nothing is run. */
function parseHeader(text: string, where: string): { type: string; shape: number[] } {
  const body = /^\{(.*)\}\s*$/s.exec(text)?.[1];
  if (body === undefined) refuse(caller, "a header in braces", text.slice(0, 40), where);
  const type = /'descr':\s*'([^']*)'/.exec(body)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(body)?.[1];
  const sides = /'shape':\s*\(([\d\s,L]*)\)/.exec(body)?.[1];
  const entries = body.match(/'(descr|fortran_order|shape)':/g) ?? [];
  if (type === undefined || fortran === undefined || sides === undefined || entries.length !== 3) refuse(caller, "descr, fortran_order and shape, each once", body.slice(0, 80), where);
  if (fortran === "True") refuse(caller, "row-major order", "Fortran order", where);
  if (!Object.hasOwn(widths, type)) refuse(caller, `values of type ${Object.keys(widths).join(", ")}`, type, where);
  if (!/^\s*(\d+L?\s*(,\s*|$))*$/.test(sides)) refuse(caller, "whole numbers as shape", sides, where);
  return { type, shape: (sides.match(/\d+/g) ?? []).map(Number) };
}

function bytes(file: ByteSource, offset: number, count: number): Uint8Array {
  if (offset + count > file.size) refuse(caller, `a header of at least ${offset + count} bytes`, `${file.size} bytes`, `${file.name} byte ${file.size}`);
  const target = new Uint8Array(count);
  file.read(offset, target);
  return target;
}
