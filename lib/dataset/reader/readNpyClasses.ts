import { refuse } from "../../runtime/refuse";
import { byteSamples } from "../byteSamples";
import type { FileInput } from "../byteSource";
import { concatenate } from "../concatenate";
import type { Samples } from "../dataset";
import { readNpy } from "./readNpy";

/**
 * Reads colour images from NumPy files, one per class: [image, channel, height, width] of unsigned bytes, as PyTorch lays images out.
 * Images stay in their files and are read by batch, so the whole may be larger than memory.
 *
 * @param files in the order of the classes: those of the first become class 0
 * @returns samples of shape [height, width, channels], values 0 to 1, and their labels
 * @throws {InputError} naming the file when it is not such an array, is empty, or has images of another size than the first
 */
export function readNpyClasses(files: readonly FileInput[]): { samples: Samples; labels: Int32Array } {
  const lots = files.map((input) => {
    const { file, type, shape, offset } = readNpy(input);
    if (type !== "|u1" || shape.length !== 4) refuse("readNpyClasses", "unsigned bytes, image × channel × height × width", `${type}, ${shape.join(" × ")}`, file.name);
    const [count, channels, height, width] = shape as [number, number, number, number];
    if (count === 0) refuse("readNpyClasses", "at least one image", 0, file.name);
    if (shape.includes(0)) refuse("readNpyClasses", "sides of at least 1", shape.join(" × "), file.name);
    return byteSamples(file, { offset, count, shape: [height, width, channels], order: "planar" });
  });
  const labels = lots.flatMap((lot, label) => Array<number>(lot.count).fill(label));
  return { samples: concatenate(lots), labels: Int32Array.from(labels) };
}
