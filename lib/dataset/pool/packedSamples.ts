import { refuse } from "../../runtime/refuse";
import { byteSamples } from "../byteSamples";
import type { FileInput } from "../byteSource";
import type { Samples } from "../dataset";
import { readNpy } from "../reader/readNpy";
import { rowFile } from "./rowFile";

/**
 * Samples packed into one NumPy file, read from it by batch: numbers of single precision [sample, …shape] as they are, or
 * images of bytes [sample, height, width, channel], or [sample, height, width] of grey ones, which become numbers from 0 to 1.
 *
 * @throws {InputError} for an array of another kind
 */
export function packedSamples(input: FileInput): Samples {
  const { file, type, shape, offset } = readNpy(input);
  if (type === "<f4") return rowFile(file);
  const [count = 0, height = 0, width = 0, channels = 1] = shape;
  if (type !== "|u1" || (shape.length !== 3 && shape.length !== 4))
    refuse("loadPool", "single precision [sample, …], or bytes [sample, height, width, channel] or [sample, height, width]", `${type} [${shape.join(", ")}]`, file.name);
  if (height * width * channels === 0) refuse("loadPool", "sides of at least 1", `[${shape.join(", ")}]`, file.name);
  return byteSamples(file, { offset, count, shape: [height, width, channels] });
}
