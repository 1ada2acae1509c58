import { tf } from "../runtime/tensorflow";

/**
 * Adds a bias to every line: y[model, line, channel] = x[model, line, channel] + bias[model, channel].
 *
 * Its gradient is a matrix product with a row of ones: like every other product of a crowd (see `fitCrowd`) it comes out the same,
 * bit for bit, whoever shares the batch; a plain sum does not.
 *
 * @param x [model, line, channel]
 * @param bias [model, 1, channel]
 */
export function addBias(x: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  return tf.customGrad((lines: tf.Tensor | tf.GradSaveFunc, shift: tf.Tensor | tf.GradSaveFunc) => {
    const [models, count] = (lines as tf.Tensor3D).shape;
    const gradFunc = (dy: tf.Tensor) => [dy, tf.matMul(tf.ones([models, count, 1]), dy, true)];
    return { value: tf.add(lines as tf.Tensor, shift as tf.Tensor), gradFunc };
  })(x, bias);
}
