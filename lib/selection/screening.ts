import type { Probabilities } from "../probability/probabilities";
import type { Offer } from "../question/offer";

/**
 * Keeps the candidates that look promising for a question before the search begins.
 *
 * All keeps p̄[y] > τ, Any keeps 1 − p̄[y] > τ, Class keeps 1 − max p̄ > τ, with τ the first of
 * t, 2t/3, t/3, 0, −1 that leaves at least two samples (−1 keeps everything).
 *
 * @param mean probabilities with one draw [sample, class]
 * @param offer the kind of question and its threshold t
 * @param classAsked y; ignored by Class
 * @returns those of the candidates that stay, in their order
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277
 */
export function screen(
  mean: Probabilities,
  { kind, threshold }: Pick<Offer, "kind" | "threshold">,
  classAsked: number,
  candidates: ArrayLike<number>,
): Int32Array {
  const promise = new Float64Array(candidates.length);
  for (let i = 0; i < promise.length; i++) {
    const sample = candidates[i]!;
    const ofClass = mean.values[sample * mean.classes + classAsked]!;
    promise[i] = kind === "all" ? ofClass : kind === "any" ? 1 - ofClass : 1 - largest(mean, sample);
  }
  const kept = new Int32Array(candidates.length);
  for (const tau of [threshold, (2 * threshold) / 3, threshold / 3, 0]) {
    let count = 0;
    for (let i = 0; i < promise.length; i++) if (promise[i]! > tau) kept[count++] = candidates[i]!;
    if (count >= 2) return kept.subarray(0, count);
  }
  return Int32Array.from(candidates);
}

function largest(mean: Probabilities, sample: number): number {
  let most = 0;
  for (let at = sample * mean.classes; at < (sample + 1) * mean.classes; at++) most = Math.max(most, mean.values[at]!);
  return most;
}
