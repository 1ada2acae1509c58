import type { Samples } from "../dataset/dataset";
import { refuse } from "../runtime/refuse";
import { png } from "./png";

/** How the numbers of a sample become a picture. */
export interface PixelOptions {
  /** Height and width of a sample in pixels, when its shape does not say (`[64]` for 8 × 8). */
  readonly size?: readonly [number, number];
  /** Values shown as black and as white. Default the smallest and the largest shown. */
  readonly range?: readonly [number, number];
  /** `"dark on light"` shows large values dark, as ink. Default `"dark on light"` for one channel. */
  readonly ink?: "dark on light" | "light on dark";
}

/**
 * Samples as pictures for a figure, one data address each: one channel in grey, three in colour, pixels enlarged, not smoothed.
 *
 * @param side pixels of the figure that a picture is shown at, at least
 * @throws {InputError} in the caller's name, for no sample, or samples that are no pictures
 */
export function pixelPictures(caller: string, samples: Samples, indices: ArrayLike<number>, options: PixelOptions, side: number): string[] {
  const { height, width, channels } = pictureShape(caller, samples.shape, options.size);
  if (indices.length === 0) refuse(caller, "at least one sample", 0);
  const values = new Float32Array(indices.length * height * width * channels);
  samples.read(indices, values);
  const shade = shader(values, channels, options);
  return Array.from(indices, (_, i) => {
    const pixels = values.subarray(i * height * width * channels, (i + 1) * height * width * channels);
    return `data:image/png;base64,${enlarged(pixels, height, width, channels, shade, side).toString("base64")}`;
  });
}

function pictureShape(caller: string, shape: readonly number[], size: readonly [number, number] | undefined): { height: number; width: number; channels: number } {
  const count = shape.reduce((product, length) => product * length, 1);
  const [height = 0, width = 0] = size ?? shape;
  const channels = count / (height * width);
  if ((shape.length < 2 && size === undefined) || (channels !== 1 && channels !== 3)) refuse(caller, "pictures of one or three channels, or their size", `samples of shape ${shape.join(" × ")}`);
  return { height, width, channels };
}

/** A value as a shade from 0 to 255. */
function shader(values: Float32Array, channels: number, { range, ink }: PixelOptions): (value: number) => number {
  let [low, high] = range ?? [Infinity, -Infinity];
  if (range === undefined) for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const dark = (ink ?? (channels === 1 ? "dark on light" : "light on dark")) === "dark on light";
  return (value) => {
    const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
    return Math.round(255 * (dark ? 1 - share : share));
  };
}

/** Whole pixels enlarged to at least the side they are shown at. */
function enlarged(values: Float32Array, height: number, width: number, channels: number, shade: (value: number) => number, side: number): Buffer {
  const factor = Math.max(1, Math.ceil(side / Math.max(height, width)));
  const [rows, columns] = [height * factor, width * factor];
  const pixels = new Uint8Array(rows * columns * 3);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let channel = 0; channel < 3; channel++)
        pixels[at++] = shade(values[(Math.floor(row / factor) * width + Math.floor(column / factor)) * channels + (channels === 3 ? channel : 0)]!);
  return png(pixels, columns, rows, 3);
}
