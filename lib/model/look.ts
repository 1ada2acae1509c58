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
  const tails = draws && (yield* sampledTails(layers.slice(first), network.values.slice(sharedWeights), masks, count));
  const width = sizeOf(last.inputShape);
  let logits: Float32Array = new Float32Array(0);
  const embedded = embedding ? new Float32Array(inputs.count * width) : undefined;
  let drawn: Float32Array = new Float32Array(0);
  try {
    yield* inBatches(inputs, layers, tails?.largestActivation ?? classes, (x, start) => {
      const h = forward(shared, x, weights.slice(0, sharedWeights));
      const features = forward(own, h, weights.slice(sharedWeights, lastWeights));
      logits = gathered(logits, last.forward(features, weights.slice(lastWeights)), start * classes, inputs.count * classes);
      embedded?.set(features.dataSync<"float32">(), start * width);
      if (tails === undefined) return;
      const p = tf.transpose(tf.softmax(tails.logits(h, weights.slice(sharedWeights))), [0, 2, 1]);
      drawn = gathered(drawn, p, start * classes * count, inputs.count * classes * count);
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

/** Puts a batch's numbers at their place among `size`; what comes in one batch is taken as it is. */
function gathered(all: Float32Array, batch: tf.Tensor, at: number, size: number): Float32Array {
  const part = batch.dataSync<"float32">();
  if (part.length === size) return part;
  const whole = all.length === size ? all : new Float32Array(size);
  whole.set(part, at);
  return whole;
}

function checked(values: Float32Array, samples: number, classes: number, count: number): Probabilities {
  for (let at = 0; at < values.length; at++)
    if (!(values[at]! >= 0)) refuse("draws", "finite logits", values[at]!, `sample ${Math.floor(at / (classes * count))}`);
  return trusted(values, samples, classes, count);
}
