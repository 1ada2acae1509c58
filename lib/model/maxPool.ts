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
    const halves = size === 2 && stride === 2 && padding === 0 && height % 2 === 0 && width % 2 === 0;
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
        if (halves) return tf.expandDims(halved(images), 0);
        const framed = padding === 0 ? images : tf.pad(images, frame(padding), -Infinity);
        return tf.expandDims(tf.maxPool(framed as tf.Tensor4D, size, stride, "valid"), 0);
      },
    };
  };
}

/** Windows of 2 × 2 as two choices of the larger: the same numbers as TensorFlow's pooling, whose gradient takes twice as long. */
function halved(images: tf.Tensor4D): tf.Tensor4D {
  const [count, height, width, channels] = images.shape;
  const columns = largerHalf(tf.reshape(images, [(count * height * width) / 2, 2 * channels]));
  const rows = largerHalf(tf.reshape(columns, [(count * height) / 2, width * channels]));
  return tf.reshape(rows, [count, height / 2, width / 2, channels]);
}

/** The larger of the two halves of every line, value by value; of equals the first is followed, as TensorFlow's pooling does. */
function largerHalf(lines: tf.Tensor): tf.Tensor {
  return tf.customGrad((x: tf.Tensor | tf.GradSaveFunc, save: tf.Tensor | tf.GradSaveFunc) => {
    const [count, width] = (x as tf.Tensor2D).shape;
    const half = (from: number) => tf.slice(x as tf.Tensor, [0, from], [count, width / 2]);
    const [a, b] = [half(0), half(width / 2)];
    (save as tf.GradSaveFunc)([a, b]);
    const gradFunc = (dy: tf.Tensor, [a, b]: tf.Tensor[]) => {
      const first = tf.mul(dy, tf.cast(tf.greaterEqual(a!, b!), "float32"));
      return tf.concat([first, tf.sub(dy, first)], 1);
    };
    return { value: tf.maximum(a, b), gradFunc };
  })(lines);
}
