import { refuse } from "../runtime/refuse";
import { tf } from "../runtime/tensorflow";
import { image, outputLength, paddings, requireWindow } from "./image";
import type { LayerMaker } from "./layer";

/**
 * The largest value of every window of an image, channel by channel.
 *
 * @param size height and width of the window, ≥ 1
 * @param options `stride` between windows, default `size`; `padding`: rows and columns around the image that never win, at most half of `size`, default 0
 */
export function maxPool(size: number, { stride = size, padding = 0 }: { stride?: number; padding?: number } = {}): LayerMaker {
  requireWindow("maxPool", "a whole size and stride", [size, stride], padding);
  if (2 * padding > size) refuse("maxPool", "a padding of at most half the window", padding);
  return (inputShape, position) => {
    const [height, width, channels] = image(inputShape, "maxPool", size - 2 * padding);
    const [rows, columns] = [height, width].map((length) => outputLength(length, size, stride, padding)) as [number, number];
    return {
      kind: "maxPool",
      name: `maxPool${position}`,
      inputShape,
      outputShape: [rows, columns, channels],
      parameters: [],
      settings: [size, stride, padding],
      forward: (x) => {
        const [models, samples] = x.shape as [number, number];
        const images = tf.reshape(x, [models * samples, height, width, channels]) as tf.Tensor4D;
        const padded = padding === 0 ? images : (tf.pad(images, paddings(padding), -Infinity) as tf.Tensor4D);
        return tf.reshape(largestOf(padded, size, stride), [models, samples, rows, columns, channels]);
      },
    };
  };
}

/** The largest value of every window of images [sample, height, width, channel]. */
export function largestOf(images: tf.Tensor4D, size: number, stride = size): tf.Tensor4D {
  const [, height, width] = images.shape;
  const halves = size === 2 && stride === 2 && height % 2 === 0 && width % 2 === 0;
  return halves ? halved(images) : tf.maxPool(images, size, stride, "valid");
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
    const [a, b] = tf.split(x as tf.Tensor, 2, 1) as [tf.Tensor, tf.Tensor];
    (save as tf.GradSaveFunc)([a, b]);
    const gradFunc = (dy: tf.Tensor, [a, b]: tf.Tensor[]) => {
      const first = tf.mul(dy, tf.cast(tf.greaterEqual(a!, b!), "float32"));
      return tf.concat([first, tf.sub(dy, first)], 1);
    };
    return { value: tf.maximum(a, b), gradFunc };
  })(lines);
}
