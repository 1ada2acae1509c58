import { refuse } from "../../runtime/refuse";
import { byteSamples } from "../byteSamples";
import { allBytes, asByteSource, type ByteSource, type FileInput } from "../byteSource";
import type { Samples } from "../dataset";
import { gunzipped } from "./gunzip";

/** What follows the header of an idx file: one byte per value. */
interface IdxBody {
  readonly file: ByteSource;
  readonly sides: readonly number[];
  readonly offset: number;
}

/**
 * Reads grey images from an idx file (MNIST's format), gzipped or not.
 *
 * @returns samples of shape [height, width, 1], values 0 to 1
 * @throws {InputError} naming file and byte when the file is not what it says it is
 */
export function readIdxImages(input: FileInput): Samples {
  const { file, sides, offset } = readHeader(input, "readIdxImages", 3);
  const [count, height, width] = sides as [number, number, number];
  return byteSamples(file, { offset, count, shape: [height, width, 1] });
}

/**
 * Reads labels from an idx file, gzipped or not.
 *
 * @param classes labels must be below it
 * @throws {InputError} naming file and byte of the first label that is none
 */
export function readIdxLabels(input: FileInput, classes: number): Int32Array {
  const { file, sides, offset } = readHeader(input, "readIdxLabels", 1);
  const bytes = allBytes(file, 2 ** 30, "readIdxLabels").subarray(offset, offset + sides[0]!);
  const wrong = bytes.findIndex((label) => label >= classes);
  if (wrong >= 0) refuse("readIdxLabels", `a label below ${classes}`, bytes[wrong], `${file.name} byte ${offset + wrong}`);
  return Int32Array.from(bytes);
}

/** Magic number: two zero bytes, 8 for unsigned bytes, how many sides; then each side as four bytes, big end first. */
function readHeader(input: FileInput, caller: string, dimensions: number): IdxBody {
  const file = gunzipped(asByteSource(input), caller);
  const offset = 4 + 4 * dimensions;
  if (file.size < offset) refuse(caller, `an idx header of ${offset} bytes`, `${file.size} bytes`, `${file.name} byte ${file.size}`);
  const header = new Uint8Array(offset);
  file.read(0, header);
  const view = new DataView(header.buffer);
  const magic = view.getUint32(0);
  if (magic !== 0x0800 + dimensions) refuse(caller, `magic number ${0x0800 + dimensions}`, magic, `${file.name} byte 0`);
  const sides = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const none = sides.indexOf(0);
  if (none >= 0) refuse(caller, "sides of at least 1", 0, `${file.name} byte ${4 + 4 * none}`);
  const size = offset + sides.reduce((product, side) => product * side, 1); // at most 2⁹⁶: too large to be exact, never too small
  if (size !== file.size) refuse(caller, `${size} bytes for ${sides.join(" × ")} values`, file.size, `${file.name} byte 4`);
  return { file, sides, offset };
}
