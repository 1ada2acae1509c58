import { tf } from "../runtime/tensorflow";
import type { LayerMaker } from "./layer";

/** Sets negative values to 0: y = max(x, 0). */
export function relu(): LayerMaker {
  return (inputShape, position) => ({
    kind: "relu",
    name: `relu${position}`,
    inputShape,
    outputShape: inputShape,
    parameters: [],
    forward: rectify,
  });
}

/** `tf.relu` with a gradient of two arrays instead of seven: dL/dx = dL/dy · sign(y), as y is 0 or above. */
export function rectify(x: tf.Tensor): tf.Tensor {
  return tf.customGrad((input: tf.Tensor | tf.GradSaveFunc, save: tf.Tensor | tf.GradSaveFunc) => {
    const value = tf.relu(input as tf.Tensor);
    (save as tf.GradSaveFunc)([value]);
    return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, tf.sign(saved[0]!)) };
  })(x);
}
