import type { Samples } from "../dataset/dataset";
import { trusted, type Probabilities } from "../probability/probabilities";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { tf } from "../runtime/tensorflow";
import { inBatches } from "./batches";
import { dropValues } from "./dropoutMask";
import { forward, sizeOf, type Layer, type Pass } from "./layer";
import type { Network } from "./network";
import { canBeThinned, maskOf, thinned, type DenseWeights, type Masks } from "./thinned";

/**
 * Probabilities [sample, class, draw] under sampled networks: one dropout mask per draw, shared by every sample.
 *
 * The layers before the first dropout run once for all draws, and where only dense layers follow it,
 * masks are applied to their weights instead of the data.
 *
 * @see Gal and Ghahramani (2016), arXiv 1506.02142
 */
export function dropoutDraws(network: Network, samples: Samples, count: number, random: RandomSource): Probabilities {
  const { layers, classes } = network;
  const masks = drawMasks(layers, count, random);
  const found = layers.findIndex((layer) => masks.has(layer));
  const first = found < 0 ? layers.length : found;
  const before = layers.slice(0, first);
  const tail = layers.slice(first);
  const shared = before.reduce((sum, layer) => sum + layer.parameters.length, 0);
  const values = new Float32Array(samples.count * classes * count);
  tf.tidy(() => {
    const weights = network.tensors();
    const logitsOfDraws = canBeThinned(tail)
      ? thinnedDraws(tail, network.values.slice(shared), masks, count)
      : maskedDraws(tail, weights.slice(shared), masks, count);
    const made = count * Math.max(...layers.slice(first).map(({ outputShape }) => sizeOf(outputShape)), classes);
    inBatches(samples, layers, made, (x, start) => {
      const h = forward(before, x, weights.slice(0, shared));
      const p = tf.transpose(tf.softmax(logitsOfDraws(h)), [0, 2, 1]);
      values.set(p.dataSync<"float32">(), start * classes * count);
    });
  });
  for (let at = 0; at < values.length; at++)
    if (!(values[at]! >= 0)) refuse("draws", "finite logits", values[at]!, `sample ${Math.floor(at / (classes * count))}`);
  return trusted(values, samples.count, classes, count);
}

function drawMasks(layers: readonly Layer[], count: number, random: RandomSource): Masks {
  const masks = new Map<Layer, Float32Array>();
  for (const layer of layers) {
    if (!layer.rate) continue;
    const mask = new Float32Array(count * sizeOf(layer.inputShape)).fill(1);
    dropValues(mask, 0, mask.length, layer.rate, random);
    masks.set(layer, mask);
  }
  return masks;
}

/** Logits [sample, draw, class] of a batch, from what comes before the first dropout. */
type LogitsOfDraws = (h: tf.Tensor) => tf.Tensor;

/** The first dense layers of all draws as one wide product; what follows, draw by draw. */
function thinnedDraws(tail: readonly Layer[], values: readonly Float32Array[], masks: Masks, count: number): LogitsOfDraws {
  const draws = Array.from({ length: count }, (_, draw) => thinned(tail, values, masks, draw));
  const at = tail.findIndex(({ kind }) => kind === "dense");
  const [before, after] = [tail.slice(0, at), tail.slice(at + 1)];
  const wide = tf.concat(draws.map(([first]) => matrix(first!)), 1);
  const bias = tf.concat(draws.map(([first]) => tf.tensor1d(first!.bias)));
  const units = draws.map(([first]) => first!.units);
  const rest = draws.map((layers) => layers.slice(1).flatMap((layer) => [matrix(layer).expandDims(0), tf.tensor(layer.bias, [1, 1, layer.units])]));
  return (h) => {
    const y = tf.add(tf.matMul(tf.squeeze(forward(before, h, []), [0]), wide), bias);
    if (rest[0]!.length === 0) return tf.reshape(y, [-1, count, units[0]!]);
    const each = tf.split(y, units, 1).map((part, draw) => forward(after, tf.expandDims(part, 0), rest[draw]!));
    return tf.squeeze(tf.stack(each, 2), [0]);
  };
}

function matrix({ weight, units }: DenseWeights): tf.Tensor2D {
  return tf.tensor2d(weight, [weight.length / units, units]);
}

/** Whatever the layers are: every draw on its own, masks applied to the data. */
function maskedDraws(tail: readonly Layer[], weights: readonly tf.Tensor[], masks: Masks, count: number): LogitsOfDraws {
  const pass = (draw: number): Pass => ({ mask: (layer) => tf.tensor(maskOf(masks, layer, draw)!, [1, 1, ...layer.inputShape]) });
  return (h) => tf.squeeze(tf.stack(Array.from({ length: count }, (_, draw) => forward(tail, h, weights, pass(draw))), 2), [0]);
}
