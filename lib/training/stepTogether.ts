import { dropValues } from "../model/dropoutMask";
import { forward, sizeOf, type Layer, type Pass } from "../model/layer";
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
    const weights = parameters.map(({ shape }, i) => {
      const size = sizeOf(shape);
      return scratch.tensor(`parameter ${i}`, [fits.length, ...shape], (values, g) => values.set(fits[g]!.network.values[i]!, g * size));
    });
    const losses: number[] = [];
    const pass: Pass = { mask: (layer) => mask(layer, fits, rows), update: (statistic, value) => update(fits, weights.indexOf(statistic), value) };
    const lossOf = () => likelihood(forward(dropsInputs ? layers.slice(1) : layers, x, weights, pass), fits, losses);
    const gradients = tf.valueAndGrads(lossOf)(fits[0]!.trained.map((i) => weights[i]!)).grads.map((gradient) => gradient.dataSync<"float32">());
    fits.forEach((fit, g) => fit.learn(losses[g]!, gradients.map((all) => own(all, g, fits.length))));
  });
}

/** The mini-batches [fit, row, …shape], some values dropped where the network begins with dropout. */
function inputs(fits: readonly Fitting[], rows: number, dropped: boolean): tf.Tensor {
  const { layers } = fits[0]!.network;
  const { inputShape } = layers[0]!;
  const width = sizeOf(inputShape);
  return scratch.tensor("inputs", [fits.length, rows, ...inputShape], (values, g) => {
    const [start, end] = [g * rows * width, (g * rows + fits[g]!.rows) * width];
    fits[g]!.read(values, start);
    if (dropped) dropValues(values, start, end, layers[0]!.rate!, fits[g]!.request.random);
    values.fill(0, end, (g + 1) * rows * width);
  });
}

/** Each fit draws its masks from its own random source, for its own rows only. */
function mask(layer: Layer, fits: readonly Fitting[], rows: number): tf.Tensor {
  const width = sizeOf(layer.inputShape);
  return scratch.tensor(layer, [fits.length, rows, ...layer.inputShape], (values, g) => {
    const [start, end] = [g * rows * width, (g * rows + fits[g]!.rows) * width];
    values.fill(1, start, end);
    dropValues(values, start, end, layer.rate!, fits[g]!.request.random);
  });
}

/** Running statistics take their new values [fit, …shape]. */
function update(fits: readonly Fitting[], parameter: number, value: tf.Tensor): void {
  const all = value.dataSync<"float32">();
  fits.forEach(({ network }, g) => network.values[parameter]!.set(own(all, g, fits.length)));
}

/** The part of an array [fit, …shape] that belongs to one fit. */
function own(all: Float32Array, g: number, fits: number): Float32Array {
  return all.subarray((g * all.length) / fits, ((g + 1) * all.length) / fits);
}

/** The loss as TensorFlow's graph sees it: its value is of no interest there, its slope comes from the answers. */
function likelihood(logits: tf.Tensor, fits: readonly Fitting[], losses: number[]): tf.Scalar {
  const [, rows, classes] = logits.shape as [number, number, number];
  return tf.customGrad((y: tf.Tensor | tf.GradSaveFunc, save: tf.Tensor | tf.GradSaveFunc) => {
    const values = (y as tf.Tensor).dataSync<"float32">();
    const slope = scratch.tensor("slope", [fits.length, rows, classes], (slopes, g) => {
      const { answers, from, to, rows: own, request } = fits[g]!;
      losses.push(answerLikelihood(values, g * rows * classes, classes, answers, from, to, slopes, request.settings.divisor));
      slopes.fill(0, (g * rows + own) * classes, (g + 1) * rows * classes);
    });
    (save as tf.GradSaveFunc)([slope]);
    return { value: tf.scalar(0), gradFunc: (_: tf.Tensor, saved: tf.Tensor[]) => saved[0]! };
  })(logits);
}
