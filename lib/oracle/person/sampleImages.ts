import type { Samples } from "../../dataset/dataset";
import { refuse } from "../../runtime/refuse";
import { pngImage } from "./pngImage";
import type { SampleViews } from "./sampleView";

/** How numbers become an image. */
export interface SampleImageOptions {
  /** Pixels; default from the samples' shape [height, width, channel], or a square for a flat one. */
  readonly width?: number;
  readonly height?: number;
  /** The values drawn as black and white; default 0 and 1. */
  readonly range?: readonly [black: number, white: number];
}

/**
 * Shows samples that are numbers as images.
 *
 * @param samples unscaled; of shape [height, width], [height, width, 1 or 3], or [height · width]
 * @throws {InputError} when the shape is not an image's
 * @example
 * const strokes = floatSamples(Float32Array.of(0, 16), [1, 2]);
 * sampleImages(strokes, { range: [1, 0] })(0).kind // "image": ink on paper
 */
export function sampleImages(samples: Samples, options: SampleImageOptions = {}): SampleViews {
  const { width, height, channels } = imageSize(samples.shape, options);
  const [black, white] = options.range ?? [0, 1];
  return (sample) => {
    const values = new Float32Array(width * height * channels);
    samples.read([sample], values);
    const pixels = Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, (value - black) / (white - black)))));
    return { kind: "image", type: "image/png", bytes: pngImage(pixels, width, height, channels) };
  };
}

function imageSize(shape: readonly number[], { width, height }: SampleImageOptions): { width: number; height: number; channels: 1 | 3 } {
  const values = shape.reduce((product, size) => product * size, 1);
  const channels = shape.length === 3 && shape[2] === 3 ? 3 : 1;
  const high = height ?? (shape.length > 1 ? shape[0]! : Math.sqrt(values));
  const wide = width ?? (shape.length > 1 ? shape[1]! : values / high);
  if (!Number.isInteger(wide) || !Number.isInteger(high) || wide * high * channels !== values)
    refuse("sampleImages", "samples of the shape of an image", shape.join(" × "));
  return { width: wide, height: high, channels };
}
