import type { Samples } from "../dataset/dataset";
import { trusted, type Probabilities } from "../probability/probabilities";
import { softmax } from "../probability/softmax";
import { refuse } from "../runtime/refuse";
import { tf } from "../runtime/tensorflow";
import { inBatches } from "./batches";
import type { Look, LookOptions } from "./classifier";
import { drawMasks, sampledTails } from "./dropoutDraws";
import { forward, sizeOf } from "./layer";
import type { Network } from "./network";

/**
 * Predicts samples and draws dropout networks in one pass, a batch at each step: the layers before the first dropout
 * run once for all.
 *
 * @param inputs as the network's own layers see them
 */
export function* looking(network: Network, inputs: Samples, { draws, embedding = false }: LookOptions): Generator<void, Look> {
  const { layers, classes } = network;
  const count = draws?.count ?? 0;
  if (draws && !(Number.isInteger(count) && count >= 1)) refuse("draws", "at least one draw", count);
  const masks = drawMasks(layers, count, draws?.random);
  const found = layers.findIndex((layer) => masks.has(layer));
  const first = found < 0 ? layers.length - 1 : found;
  const [shared, own, last] = [layers.slice(0, first), layers.slice(first, -1), layers.at(-1)!];
  const weights = tf.tidy(() => network.tensors());
  const sharedWeights = shared.reduce((sum, layer) => sum + layer.parameters.length, 0);
  const lastWeights = weights.length - last.parameters.length;
  const tails = draws && sampledTails(layers.slice(first), network.values.slice(sharedWeights), masks, count);
  const width = sizeOf(last.inputShape);
  const logits = new Float32Array(inputs.count * classes);
  const embedded = embedding ? new Float32Array(inputs.count * width) : undefined;
  const drawn = new Float32Array(inputs.count * classes * count);
  try {
    yield* inBatches(inputs, layers, tails?.widest ?? classes, (x, start) => {
      const h = forward(shared, x, weights.slice(0, sharedWeights));
      const features = forward(own, h, weights.slice(sharedWeights, lastWeights));
      logits.set(last.forward(features, weights.slice(lastWeights)).dataSync<"float32">(), start * classes);
      embedded?.set(features.dataSync<"float32">(), start * width);
      if (tails === undefined) return;
      const p = tf.transpose(tf.softmax(tails.logits(h, weights.slice(sharedWeights))), [0, 2, 1]);
      drawn.set(p.dataSync<"float32">(), start * classes * count);
    });
  } finally {
    tf.dispose([weights, tails?.tensors ?? []]);
  }
  return {
    logits,
    probabilities: softmax(logits, classes),
    ...(embedded && { embedding: { values: embedded, width } }),
    ...(draws && { draws: checked(drawn, inputs.count, classes, count) }),
  };
}

function checked(values: Float32Array, samples: number, classes: number, count: number): Probabilities {
  for (let at = 0; at < values.length; at++)
    if (!(values[at]! >= 0)) refuse("draws", "finite logits", values[at]!, `sample ${Math.floor(at / (classes * count))}`);
  return trusted(values, samples, classes, count);
}
