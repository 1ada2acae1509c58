import { refuse } from "../../runtime/refuse";
import type { FileInput } from "../byteSource";
import type { Samples } from "../dataset";
import { sampleAt } from "../floatSamples";
import { readNpy } from "../reader/readNpy";

/**
 * Samples in a NumPy file of single precision, row-major, read from it by batch: neighbours in one go, so that a pass over
 * the whole file costs what reading it costs.
 *
 * @param input `.npy`, one row per sample
 * @throws {InputError} when the file is not such an array
 */
export function rowFile(input: FileInput): Samples {
  const { file, type, shape, offset } = readNpy(input);
  if (type !== "<f4" || shape.length < 2) refuse("rowFile", "single precision, a row per sample", `${type}, ${shape.join(" × ")}`, file.name);
  const [count = 0, ...sides] = shape;
  const width = sides.reduce((product, side) => product * side, 1);
  return {
    count,
    shape: sides,
    read(indices, out) {
      for (let i = 0, end = 0; i < indices.length; i = end) {
        const first = sampleAt(indices, i, count);
        for (end = i + 1; end < indices.length && indices[end] === first + (end - i); ) end++;
        if (first + (end - i) > count) sampleAt(indices, i + (count - first), count);
        const rows = out.subarray(i * width, end * width);
        file.read(offset + first * width * 4, new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
      }
    },
  };
}
