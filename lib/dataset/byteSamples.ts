import { refuse } from "../runtime/refuse";
import type { ByteSource } from "./byteSource";
import type { Samples } from "./dataset";
import { sampleAt } from "./floatSamples";
import { sampleSize } from "./sampleSize";

/** Where images lie in a file, one byte per colour and pixel. */
export interface ByteLayout {
  /** Byte at which the first image begins, ≥ 0. */
  readonly offset: number;
  /** Bytes from one image to the next, ≥ the size of an image. Default: the size of an image. */
  readonly stride?: number;
  readonly count: number;
  /** Height, width, channels. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** `"planar"`: all of one colour, then the next (CIFAR, PyTorch). `"interleaved"` (default): the colours of a pixel side by side. */
  readonly order?: "planar" | "interleaved";
}

/**
 * Images that stay bytes, in a file or in memory, and become numbers from 0 to 1 as they are read: value / 255.
 *
 * @returns samples of shape [height, width, channels], whatever the order in the file
 * @throws {InputError} when the file is too short for them
 * @example
 * const file = bytesInMemory("two.bin", Uint8Array.of(0, 51, 255, 0));
 * byteSamples(file, { offset: 0, count: 2, shape: [1, 2, 1] }).count // 2
 */
export function byteSamples(file: ByteSource, layout: ByteLayout): Samples {
  const { offset, count, shape, order = "interleaved" } = layout;
  const size = sampleSize(shape);
  const stride = layout.stride ?? size;
  if (![offset, count, stride].every((number) => Number.isInteger(number) && number >= 0)) refuse("byteSamples", "whole numbers as offset, stride and count", [offset, stride, count], file.name);
  const needed = count === 0 ? offset : offset + (count - 1) * stride + size;
  if (!(stride >= size && needed <= file.size)) refuse("byteSamples", `${needed} bytes`, file.size, file.name);
  const image = new Uint8Array(size);
  const place = placesInFile(shape, order);
  return {
    count,
    shape,
    read(indices, out) {
      for (let i = 0, at = 0; i < indices.length; i++) {
        file.read(offset + sampleAt(indices, i, count) * stride, image);
        if (place === undefined) for (let k = 0; k < size; k++) out[at++] = image[k]! / 255;
        else for (let k = 0; k < size; k++) out[at++] = image[place[k]!]! / 255;
      }
    },
  };
}

/** For each value of a sample, where it is in the file; `undefined` where the order is the same. */
function placesInFile([height, width, channels]: ByteLayout["shape"], order: "planar" | "interleaved"): Int32Array | undefined {
  if (order === "interleaved" || channels === 1) return undefined;
  const pixels = height * width;
  return Int32Array.from({ length: pixels * channels }, (_, k) => (k % channels) * pixels + Math.floor(k / channels));
}
