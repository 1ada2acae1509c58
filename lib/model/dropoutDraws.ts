import type { RandomSource } from "../random/randomSource";
import { tf } from "../runtime/tensorflow";
import { dropValues } from "./dropoutMask";
import { forward, sizeOf, type Layer, type Pass } from "./layer";
import { canBeThinned, maskOf, thinned, type DenseWeights, type Masks } from "./thinned";

/** One dropout mask per draw, shared by every sample, for each layer that drops anything. */
export function drawMasks(layers: readonly Layer[], count: number, random: RandomSource | undefined): Masks {
  const masks = new Map<Layer, Float32Array>();
  if (random === undefined) return masks;
  for (const layer of layers) {
    if (!layer.rate || layer.frozen) continue;
    const mask = new Float32Array(count * sizeOf(layer.inputShape)).fill(1);
    dropValues(mask, 0, mask.length, layer.rate, random);
    masks.set(layer, mask);
  }
  return masks;
}

/** The ends of sampled networks, from the first dropout on, ready to be run on many batches. */
export interface SampledTails {
  /** What they hold, to be disposed of. */
  readonly tensors: tf.Tensor[];
  /** Numbers per sample in their largest activation. */
  readonly largestActivation: number;
  /**
   * Logits [sample, draw, class] of a batch.
   *
   * @param h [1, sample, …shape], what comes before the first dropout
   * @param weights of the tail's layers
   */
  logits(h: tf.Tensor, weights: readonly tf.Tensor[]): tf.Tensor;
}

/**
 * The last layers of `count` sampled networks. Where only dense layers follow the first dropout,
 * masks are applied to their weights instead of the data: that is work in itself, and pauses now and then.
 *
 * @param tail the layers from the first dropout on; without any dropout, the last layer
 * @param values their parameters
 * @see Gal and Ghahramani (2016), arXiv 1506.02142
 */
export function* sampledTails(tail: readonly Layer[], values: readonly Float32Array[], masks: Masks, count: number): Generator<void, SampledTails> {
  return canBeThinned(tail) ? yield* thinnedTails(tail, values, masks, count) : maskedTails(tail, masks, count);
}

/** All draws as one wide network: they share their input, and from there on no unit of one sees a unit of another. */
function* thinnedTails(tail: readonly Layer[], values: readonly Float32Array[], masks: Masks, count: number): Generator<void, SampledTails> {
  const draws: DenseWeights[][] = [];
  for (let draw = 0; draw < count; draw++) {
    draws.push(thinned(tail, values, masks, draw));
    yield;
  }
  const tensors: tf.Tensor[] = [];
  for (let d = 0; d < draws[0]!.length; d++) tensors.push(...(yield* wide(draws.map((layers) => layers[d]!), d === 0)));
  const largestActivation = Math.max(...tensors.map(({ shape }) => shape[2]!));
  return { tensors, largestActivation, logits: (h) => tf.reshape(forward(tail, h, tensors), [h.shape[1]!, count, -1]) };
}

/** Dense layers side by side as one, weight and bias; its input is the layers' own inputs side by side, or the one they share. */
function* wide(layers: readonly DenseWeights[], shared: boolean): Generator<void, [weight: tf.Tensor, bias: tf.Tensor]> {
  const [units, inputs] = [layers.map((layer) => layer.units), layers.map(({ weight, units }) => weight.length / units)];
  const [width, height] = [total(units), shared ? inputs[0]! : total(inputs)];
  const weight = new Float32Array(height * width);
  for (const [i, layer] of layers.entries()) {
    const [top, left] = [shared ? 0 : total(inputs.slice(0, i)), total(units.slice(0, i))];
    for (let row = 0; row < inputs[i]!; row++)
      weight.set(layer.weight.subarray(row * layer.units, (row + 1) * layer.units), (top + row) * width + left);
    yield;
  }
  const bias = Float32Array.from(layers.flatMap((layer) => Array.from(layer.bias)));
  return [tf.tensor(weight, [1, height, width]), tf.tensor(bias, [1, 1, width])];
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** Whatever the layers are: every draw on its own, masks applied to the data. */
function maskedTails(tail: readonly Layer[], masks: Masks, count: number): SampledTails {
  const pass = (draw: number): Pass => ({ mask: (layer) => tf.tensor(maskOf(masks, layer, draw)!, [1, 1, ...layer.inputShape]) });
  return {
    tensors: [],
    largestActivation: count * sizeOf(tail.at(-1)!.outputShape),
    logits: (h, weights) => tf.squeeze(tf.stack(Array.from({ length: count }, (_, draw) => tf.tidy(() => forward(tail, h, weights, pass(draw)))), 2), [0]),
  };
}
