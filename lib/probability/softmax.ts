import { refuse } from "../runtime/refuse";
import { trusted, type Probabilities } from "./probabilities";

/**
 * Soft-max over classes, safe for large logits: p[l] = exp(z[l] − max z) / Σ exp(z − max z).
 *
 * @param logits row-major [sample, class]
 * @throws {InputError} when a logit is NaN or infinite: the model has diverged
 */
export function softmax(logits: Float32Array, classes: number): Probabilities {
  const samples = logits.length / classes;
  const values = new Float32Array(logits.length);
  for (let sample = 0; sample < samples; sample++) {
    const start = sample * classes;
    let largest = -Infinity;
    for (let l = 0; l < classes; l++) if (!(logits[start + l]! <= largest)) largest = logits[start + l]!;
    let sum = 0;
    for (let l = 0; l < classes; l++) sum += values[start + l] = Math.exp(logits[start + l]! - largest);
    if (!(sum > 0 && sum < Infinity)) refuse("softmax", "finite logits", Array.from(logits.subarray(start, start + classes)), `sample ${sample}`);
    for (let l = 0; l < classes; l++) values[start + l]! /= sum;
  }
  return trusted(values, samples, classes, 1);
}
