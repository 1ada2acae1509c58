import { tf } from "../runtime/tensorflow";
import { refuse } from "../runtime/refuse";
import { frame, image } from "./conv2d";
import type { LayerMaker } from "./layer";

/**
 * The largest value of every window of an image, channel by channel.
 *
 * @param size height and width of the window, ≥ 1
 * @param options `stride` between windows, default `size`; `padding`: rows and columns around the image that never win, default 0
 */
export function maxPool(size: number, { stride = size, padding = 0 }: { stride?: number; padding?: number } = {}): LayerMaker {
  if (!(size >= 1 && stride >= 1 && padding >= 0)) refuse("maxPool", "a size and a stride of at least 1", [size, stride]);
  return (inputShape, position) => {
    const [height, width, channels] = image(inputShape, "maxPool", size - 2 * padding);
    const length = (from: number) => Math.floor((from + 2 * padding - size) / stride) + 1;
    return {
      kind: "maxPool",
      name: `maxPool${position}`,
      inputShape,
      outputShape: [length(height), length(width), channels],
      parameters: [],
      single: true,
      forward: (x) => {
        const images = tf.squeeze(x, [0]) as tf.Tensor4D;
        const framed = padding === 0 ? images : tf.pad(images, frame(padding), -Infinity);
        return tf.expandDims(tf.maxPool(framed as tf.Tensor4D, size, stride, "valid"), 0);
      },
    };
  };
}
