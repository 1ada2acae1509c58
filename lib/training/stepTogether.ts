import { dropValues } from "../model/dropoutMask";
import { forward, sizeOf, type Pass } from "../model/layer";
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
  const { layers, parameters } = fits[0]!.network;
  const rows = Math.max(...fits.map((fit) => fit.rows));
  const dropsInputs = layers[0]!.kind === "dropout"; // cheaper where the inputs are copied than on tensors
  tf.tidy(() => {
    const x = inputs(fits, rows, dropsInputs);
    const weights = parameters.map(({ name, shape }, i) => {
      const size = sizeOf(shape);
      return scratch.tensor(name, [fits.length, ...shape], (values, g) => values.set(fits[g]!.network.values[i]!, g * size));
    });
    const losses: number[] = [];
    const lossOf = (...w: tf.Tensor[]) => likelihood(forward(dropsInputs ? layers.slice(1) : layers, x, w, masks(fits, rows)), fits, losses);
    const gradients = tf.valueAndGrads(lossOf)(weights).grads.map((gradient) => gradient.dataSync<"float32">());
    const own = (all: Float32Array, g: number) => all.subarray((g * all.length) / fits.length, ((g + 1) * all.length) / fits.length);
    fits.forEach((fit, g) => fit.learn(losses[g]!, gradients.map((all) => own(all, g))));
  });
}

/** The mini-batches [fit, row, …shape], some values dropped where the network begins with dropout. */
function inputs(fits: readonly Fitting[], rows: number, dropped: boolean): tf.Tensor {
  const { inputShape, layers } = fits[0]!.network;
  const width = sizeOf(inputShape);
  return scratch.tensor("inputs", [fits.length, rows, ...inputShape], (values, g) => {
    const [start, end] = [g * rows * width, (g * rows + fits[g]!.rows) * width];
    fits[g]!.read(values, start);
    if (dropped) dropValues(values, start, end, layers[0]!.rate!, fits[g]!.request.random);
    values.fill(0, end, (g + 1) * rows * width);
  });
}

/** Each fit draws its masks from its own random source, for its own rows only. */
function masks(fits: readonly Fitting[], rows: number): Pass {
  return {
    mask: (layer) => {
      const width = sizeOf(layer.inputShape);
      return scratch.tensor(layer.name, [fits.length, rows, ...layer.inputShape], (values, g) => {
        const [start, end] = [g * rows * width, (g * rows + fits[g]!.rows) * width];
        values.fill(1, start, end);
        dropValues(values, start, end, layer.rate!, fits[g]!.request.random);
      });
    },
  };
}

/** The loss as TensorFlow's graph sees it: its value is of no interest there, its slope comes from the answers. */
function likelihood(logits: tf.Tensor, fits: readonly Fitting[], losses: number[]): tf.Scalar {
  const [, rows, classes] = logits.shape as [number, number, number];
  return tf.customGrad((y: tf.Tensor | tf.GradSaveFunc, save: tf.Tensor | tf.GradSaveFunc) => {
    const values = (y as tf.Tensor).dataSync<"float32">();
    const slope = scratch.tensor("slope", [fits.length, rows, classes], (slopes, g) => {
      const { answers, from, to, rows: own } = fits[g]!;
      losses.push(answerLikelihood(values, g * rows * classes, classes, answers, from, to, slopes));
      slopes.fill(0, (g * rows + own) * classes, (g + 1) * rows * classes);
    });
    (save as tf.GradSaveFunc)([slope]);
    return { value: tf.scalar(0), gradFunc: (_: tf.Tensor, saved: tf.Tensor[]) => saved[0]! };
  })(logits);
}
