import type { Samples } from "../dataset/dataset";
import { trusted, type Probabilities } from "../probability/probabilities";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { tf } from "../runtime/tensorflow";
import { inBatches } from "./batches";
import { dropValues } from "./dropoutMask";
import { forward, sizeOf, type Layer, type TrainingPass } from "./layer";
import type { Network } from "./network";

/**
 * Probabilities [sample, class, draw] under sampled networks: one dropout mask per draw, shared by every sample.
 *
 * Because a mask is the same for all samples it can be applied to the weights of the layer that follows,
 * and the layers before the first dropout run once for all draws.
 *
 * @see Gal and Ghahramani (2016), arXiv 1506.02142
 */
export function dropoutDraws(network: Network, samples: Samples, count: number, random: RandomSource): Probabilities {
  const { layers, classes } = network;
  const masks = drawMasks(layers, count, random);
  const found = layers.findIndex((layer) => masks.has(layer));
  const first = found < 0 ? layers.length : found;
  const before = layers.slice(0, first);
  const shared = before.reduce((sum, layer) => sum + layer.parameters.length, 0);
  const values = new Float32Array(samples.count * classes * count);
  tf.tidy(() => {
    const weights = network.tensors();
    const logitsOfDraws = sampledTail(network, first, shared, masks, count);
    inBatches(samples, layers, (x, start) => {
      const h = forward(before, x, weights.slice(0, shared));
      values.set(softmaxOverClasses(logitsOfDraws(h)).dataSync<"float32">(), start * classes * count);
    });
  });
  for (let at = 0; at < values.length; at++)
    if (!(values[at]! >= 0)) refuse("draws", "finite logits", values[at]!, `sample ${Math.floor(at / (classes * count))}`);
  return trusted(values, samples.count, classes, count);
}

/** The masks [draw, …shape] of every layer that drops anything. */
function drawMasks(layers: readonly Layer[], count: number, random: RandomSource): Map<Layer, Float32Array> {
  return new Map(
    layers
      .filter((layer) => layer.rate > 0)
      .map((layer) => {
        const mask = new Float32Array(count * sizeOf(layer.inputShape)).fill(1);
        dropValues(mask, 0, mask.length, layer.rate, random);
        return [layer, mask];
      }),
  );
}

/** @param logits [sample, class, draw] */
function softmaxOverClasses(logits: tf.Tensor): tf.Tensor {
  const powers = tf.exp(tf.sub(logits, tf.max(logits, 1, true)));
  return tf.div(powers, tf.sum(powers, 1, true));
}

/** What is left of the network behind its first dropout, for all draws: [1, sample, …] to logits [sample, class, draw]. */
function sampledTail(
  network: Network,
  first: number,
  shared: number,
  masks: ReadonlyMap<Layer, Float32Array>,
  count: number,
): (h: tf.Tensor) => tf.Tensor {
  const tail = network.layers.slice(first);
  const values = network.values.slice(shared);
  const { classes } = network;
  if (tail.length === 0) return (h) => tf.tile(tf.reshape(h, [-1, classes, 1]), [1, 1, count]);
  if (tail.length === 2 && tail[1]!.kind === "dense") {
    const [weight, bias] = wide(values[0]!, values[1]!, masks.get(tail[0]!)!, count).map((w, i) =>
      tf.tensor(w, [1, i === 0 ? w.length / (classes * count) : 1, classes * count]),
    );
    return (h) => tf.reshape(tf.add(tf.matMul(h, weight!), bias!), [-1, classes, count]);
  }
  const weights = network.tensors().slice(shared);
  return (h) => tf.stack(Array.from({ length: count }, (_, draw) => tf.reshape(forward(tail, h, weights, maskOf(masks, draw, count)), [-1, classes])), 2);
}

/** The masks of one draw, the same for every sample. */
function maskOf(masks: ReadonlyMap<Layer, Float32Array>, draw: number, count: number): TrainingPass {
  return {
    mask: (layer) => {
      const mask = masks.get(layer)!;
      const size = mask.length / count;
      return tf.tensor(mask.subarray(draw * size, (draw + 1) * size), [1, 1, ...layer.inputShape]);
    },
  };
}

/** All draws of a last dense layer as one: weights [inputs, class · draw], each draw's rows times its mask, and biases. */
function wide(weight: Float32Array, bias: Float32Array, mask: Float32Array, count: number): [Float32Array, Float32Array] {
  const inputs = mask.length / count;
  const wideWeight = new Float32Array(weight.length * count);
  for (let i = 0; i < weight.length; i++) {
    const input = Math.floor((i * inputs) / weight.length);
    for (let draw = 0; draw < count; draw++) wideWeight[i * count + draw] = weight[i]! * mask[draw * inputs + input]!;
  }
  return [wideWeight, Float32Array.from({ length: bias.length * count }, (_, i) => bias[Math.floor(i / count)]!)];
}
