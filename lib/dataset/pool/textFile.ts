import { asByteSource } from "../byteSource";
import { sampleAt } from "../floatSamples";
import { readNpy } from "../reader/readNpy";

/**
 * Many short texts in one file, found by number: the bytes one after the other, and a NumPy file that says where each ends.
 *
 * @param texts path of the bytes
 * @param ends path of a `.npy` of double precision: the end of every text, in bytes
 */
export function textFile(texts: string, ends: string): (index: number) => string {
  const bytes = asByteSource(texts);
  const { file, shape, offset } = readNpy(ends);
  const end = (index: number) => {
    if (index < 0) return 0;
    const cell = new Float64Array(1);
    file.read(offset + index * 8, new Uint8Array(cell.buffer));
    return cell[0]!;
  };
  return (index) => {
    const from = end(sampleAt([index], 0, shape[0]!) - 1);
    const text = new Uint8Array(end(index) - from);
    bytes.read(from, text);
    return Buffer.from(text).toString("utf8");
  };
}
