import { refuse } from "../runtime/refuse";
import type { Samples } from "./dataset";
import { sampleSize } from "./sampleSize";

/**
 * Makes images smaller as they are read: every pixel becomes the mean of a square of `factor` × `factor`.
 *
 * @param samples of shape [height, width, channels]
 * @param factor a whole number that divides height and width
 * @throws {InputError} when it does not, or the samples are no images
 * @example
 * const square = floatSamples(Float32Array.of(1, 2, 3, 6), [2, 2, 1]);
 * const pixel = new Float32Array(1);
 * shrinkImages(square, 2).read([0], pixel);
 * [...pixel] // [3]
 */
export function shrinkImages(samples: Samples, factor: number): Samples {
  const [height = 0, width = 0, channels = 0] = samples.shape;
  if (samples.shape.length !== 3) refuse("shrinkImages", "images, [height, width, channel]", `shape ${samples.shape.join(" × ")}`);
  if (!(Number.isInteger(factor) && factor >= 1 && height % factor === 0 && width % factor === 0)) refuse("shrinkImages", `a whole number that divides ${height} and ${width}`, factor);
  const shape = [height / factor, width / factor, channels];
  const image = new Float32Array(sampleSize(samples.shape));
  const row = (width / factor) * channels;
  return {
    count: samples.count,
    shape,
    read(indices, out) {
      out.fill(0, 0, indices.length * sampleSize(shape));
      for (let i = 0; i < indices.length; i++) {
        samples.read([indices[i]!], image);
        const start = i * sampleSize(shape);
        for (let y = 0, at = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            for (let k = 0; k < channels; k++, at++) out[start + Math.floor(y / factor) * row + Math.floor(x / factor) * channels + k]! += image[at]! / factor ** 2;
      }
    },
  };
}
