import type { Samples } from "../dataset/dataset";
import { tf } from "../runtime/tensorflow";
import { largestActivation, sizeOf, type Layer } from "./layer";

/** Numbers in the largest activation of a batch: 16 MB of them stay in a processor's cache, and take it a moment only. */
const budget = 2 ** 22;

/** Room for the inputs of a batch, which is nobody's between two steps. */
let room = new Float32Array(0);

/**
 * Reads all samples, as many at a time as memory allows, shows each batch to `visit` within a memory scope of its own,
 * and pauses behind it.
 *
 * @param made numbers per sample that `visit` makes beyond those of the layers
 * @param visit receives x [1, sample, …shape] and the number of its first sample
 */
export function* inBatches(samples: Samples, layers: readonly Layer[], made: number, visit: (x: tf.Tensor, first: number) => void): Generator<void, void> {
  const batch = Math.min(samples.count, Math.max(1, Math.floor(budget / Math.max(made, largestActivation(layers)))));
  const width = sizeOf(samples.shape);
  for (let first = 0; first < samples.count; first += batch) {
    const indices = Int32Array.from({ length: Math.min(batch, samples.count - first) }, (_, i) => first + i);
    if (room.length < indices.length * width) room = new Float32Array(indices.length * width);
    const values = room.subarray(0, indices.length * width);
    samples.read(indices, values);
    tf.tidy(() => visit(tf.tensor(values, [1, indices.length, ...samples.shape], "float32"), first));
    yield;
  }
}
