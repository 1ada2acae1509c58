import { fillDropoutMask } from "../model/dropoutMask";
import { forward, sizeOf, type TrainingPass } from "../model/layer";
import { tf } from "../runtime/tensorflow";
import { answerLikelihood } from "./answerLikelihood";
import type { Fitting } from "./fitting";
import { Scratch } from "./scratch";

const scratch = new Scratch();

/**
 * Takes one optimiser step of several fits of one network shape as one batched graph, each on its own mini-batch.
 *
 * Shorter mini-batches are filled up with rows of zeros whose slope is 0, so they add nothing to a gradient.
 */
export function stepTogether(fits: readonly Fitting[]): void {
  const { layers, parameters, inputShape } = fits[0]!.network;
  const rows = Math.max(...fits.map((fit) => fit.rows));
  tf.tidy(() => {
    const width = sizeOf(inputShape);
    const x = scratch.tensor("x", [fits.length, rows, ...inputShape], (values, g) => {
      fits[g]!.read(values, g * rows * width);
      values.fill(0, (g * rows + fits[g]!.rows) * width, (g + 1) * rows * width);
    });
    const weights = parameters.map(({ name, shape }, i) => {
      const size = sizeOf(shape);
      return scratch.tensor(name, [fits.length, ...shape], (values, g) => values.set(fits[g]!.network.values[i]!, g * size));
    });
    const losses: number[] = [];
    const { grads } = tf.valueAndGrads((...w: tf.Tensor[]) => likelihood(forward(layers, x, w, masks(fits, rows)), fits, losses))(weights);
    const gradients = grads.map((gradient) => gradient.dataSync<"float32">());
    fits.forEach((fit, g) =>
      fit.learn(losses[g]!, gradients.map((all) => all.subarray((g * all.length) / fits.length, ((g + 1) * all.length) / fits.length))),
    );
  });
}

/** Each fit draws its masks from its own random source, for its own rows only. */
function masks(fits: readonly Fitting[], rows: number): TrainingPass {
  return {
    mask: (layer) => {
      const size = rows * sizeOf(layer.inputShape);
      return scratch.tensor(layer.name, [fits.length, rows, ...layer.inputShape], (values, g) => {
        const { random } = fits[g]!.request;
        fillDropoutMask(values, g * size, g * size + (fits[g]!.rows * size) / rows, layer.rate, random);
      });
    },
  };
}

/** The loss as TensorFlow's graph sees it: the value is of no interest there, its slope comes from the answers. */
function likelihood(logits: tf.Tensor, fits: readonly Fitting[], losses: number[]): tf.Scalar {
  const [, rows, classes] = logits.shape as [number, number, number];
  return tf.customGrad((y: tf.Tensor | tf.GradSaveFunc, save: tf.Tensor | tf.GradSaveFunc) => {
    const values = (y as tf.Tensor).dataSync<"float32">();
    const slope = new Float32Array(values.length);
    fits.forEach(({ answers, from, to }, g) => losses.push(answerLikelihood(values, g * rows * classes, classes, answers, from, to, slope)));
    (save as tf.GradSaveFunc)([tf.tensor(slope, logits.shape)]);
    return { value: tf.scalar(0), gradFunc: (_: tf.Tensor, saved: tf.Tensor[]) => saved[0]! };
  })(logits);
}
