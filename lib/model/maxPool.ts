import { tf } from "../runtime/tensorflow";
import { refuse } from "../runtime/refuse";
import { frame, image } from "./image";
import type { LayerMaker } from "./layer";

/**
 * The largest value of every window of an image, channel by channel.
 *
 * @param size height and width of the window, ≥ 1
 * @param options `stride` between windows, default `size`; `padding`: rows and columns around the image that never win, default 0
 */
export function maxPool(size: number, { stride = size, padding = 0 }: { stride?: number; padding?: number } = {}): LayerMaker {
  const settings = [size, stride, padding];
  if (![size, stride].every((length) => Number.isInteger(length) && length >= 1) || !(Number.isInteger(padding) && padding >= 0))
    refuse("maxPool", "a whole size and stride of at least 1, and a padding of at least 0", settings);
  return (inputShape, position) => {
    const [height, width, channels] = image(inputShape, "maxPool", size - 2 * padding);
    const length = (from: number) => Math.floor((from + 2 * padding - size) / stride) + 1;
    return {
      kind: "maxPool",
      name: `maxPool${position}`,
      inputShape,
      outputShape: [length(height), length(width), channels],
      parameters: [],
      settings,
      forward: (x) => {
        const [models, samples] = x.shape as [number, number];
        const images = tf.reshape(x, [models * samples, height, width, channels]) as tf.Tensor4D;
        const framed = padding === 0 ? images : (tf.pad(images, frame(padding), -Infinity) as tf.Tensor4D);
        return tf.reshape(largestOf(framed, size, stride), [models, samples, length(height), length(width), channels]);
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
