import { tf } from "../runtime/tensorflow";
import { sizeOf, type LayerMaker } from "./layer";

/** As in PyTorch. */
const epsilon = 1e-5;
const momentum = 0.1;

/**
 * Batch normalisation of every channel, as PyTorch defines it: y = (x − mean) / √(variance + 1e-5) · weight + bias.
 *
 * In training, mean and (biased) variance are those of the mini-batch, and the running ones move a tenth of the way
 * towards its mean and unbiased variance; in prediction the running ones are used. One value per channel has
 * no variance: vectors and images of 1 × 1 are not trained one at a time.
 *
 * @see Ioffe and Szegedy (2015), arXiv 1502.03167
 */
export function batchNorm(name?: string): LayerMaker {
  return (inputShape, position) => {
    const shape = [inputShape.at(-1)!];
    return {
      kind: "batchNorm",
      name: name ?? `batchNorm${position}`,
      inputShape,
      outputShape: inputShape,
      parameters: [
        { name: "weight", shape, start: { constant: 1 }, trained: true },
        { name: "bias", shape, start: { constant: 0 }, trained: true },
        { name: "running_mean", shape, start: { constant: 0 }, trained: false },
        { name: "running_var", shape, start: { constant: 1 }, trained: false },
      ],
      fittedAlone: true,
      smallestBatch: sizeOf(inputShape) === shape[0] ? 2 : 1,
      forward: (x, [weight, bias, runningMean, runningVariance], pass) => {
        const [scale, shift] = [tf.squeeze(weight!, [0]), tf.squeeze(bias!, [0])] as [tf.Tensor1D, tf.Tensor1D];
        if (pass?.update === undefined) {
          const factor = tf.mul(tf.rsqrt(tf.add(tf.squeeze(runningVariance!, [0]), epsilon)), scale);
          return tf.add(tf.mul(x, factor), tf.sub(shift, tf.mul(tf.squeeze(runningMean!, [0]), factor)));
        }
        const { mean, variance } = tf.moments(x, Array.from({ length: x.rank - 1 }, (_, axis) => axis));
        const count = x.size / shape[0]!;
        pass.update(runningMean!, tf.add(tf.mul(runningMean!, 1 - momentum), tf.mul(mean, momentum)));
        pass.update(runningVariance!, tf.add(tf.mul(runningVariance!, 1 - momentum), tf.mul(variance, (momentum * count) / (count - 1))));
        return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon))), scale), shift);
      },
    };
  };
}
