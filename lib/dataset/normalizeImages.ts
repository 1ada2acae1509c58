import { refuse } from "../runtime/refuse";
import type { Samples } from "./dataset";
import { sampleSize } from "./sampleSize";

/** Mean and standard deviation of every colour channel, of values from 0 to 1. */
export interface ChannelScale {
  readonly mean: readonly number[];
  /** Each above 0. */
  readonly standardDeviation: readonly number[];
}

/**
 * Scales images channel by channel as they are read: (x − mean) / sd.
 *
 * @param samples of shape [height, width, channels]
 * @throws {InputError} when there is not one mean and one deviation above 0 for every channel
 * @example
 * const grey = floatSamples(Float32Array.of(0.5, 1), [1, 2, 1]);
 * const scaled = new Float32Array(2);
 * normalizeImages(grey, { mean: [0.5], standardDeviation: [0.25] }).read([0], scaled);
 * [...scaled] // [0, 2]
 */
export function normalizeImages(samples: Samples, { mean, standardDeviation }: ChannelScale): Samples {
  const channels = samples.shape.at(-1)!;
  if (mean.length !== channels || standardDeviation.length !== channels)
    refuse("normalizeImages", `${channels} means and deviations`, `${mean.length} and ${standardDeviation.length}`);
  const wrong = [...mean.map(Number.isFinite), ...standardDeviation.map((sd) => sd > 0 && sd < Infinity)].indexOf(false);
  if (wrong >= 0) refuse("normalizeImages", "finite means and deviations above 0", [...mean, ...standardDeviation][wrong], `channel ${wrong % channels}`);
  const size = sampleSize(samples.shape);
  return {
    count: samples.count,
    shape: samples.shape,
    read(indices, out) {
      samples.read(indices, out);
      const values = indices.length * size;
      for (let at = 0, channel = 0; at < values; at++) {
        out[at] = (out[at]! - mean[channel]!) / standardDeviation[channel]!;
        if (++channel === channels) channel = 0;
      }
    },
  };
}

/**
 * Mean and (population) standard deviation of every channel over all pixels of all images.
 *
 * @param samples of shape [height, width, channels]
 * @throws {InputError} when there are none
 * @example
 * channelScale(floatSamples(Float32Array.of(0, 1), [1, 2, 1])) // { mean: [0.5], standardDeviation: [0.5] }
 */
export function channelScale(samples: Samples): ChannelScale {
  if (samples.count < 1) refuse("channelScale", "at least one image", samples.count);
  const channels = samples.shape.at(-1)!;
  const image = new Float32Array(sampleSize(samples.shape));
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let i = 0; i < samples.count; i++) {
    samples.read([i], image);
    for (let at = 0; at < image.length; at++) {
      sums[at % channels]! += image[at]!;
      squares[at % channels]! += image[at]! ** 2;
    }
  }
  const pixels = (samples.count * image.length) / channels;
  const mean = Array.from(sums, (sum) => sum / pixels);
  // rounding may leave a little less than 0 where a channel is the same everywhere
  return { mean, standardDeviation: mean.map((m, channel) => Math.sqrt(Math.max(0, squares[channel]! / pixels - m * m))) };
}
