import { refuse } from "../runtime/refuse";
import type { RandomSource } from "./randomSource";

/**
 * Draws a position with probability proportional to its weight.
 *
 * @param weights finite, ≥ 0, at least one > 0
 * @throws {InputError} when a weight is negative or not finite, or when all are 0
 */
export function weightedChoice(weights: ArrayLike<number>, random: RandomSource): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity)) refuse("weightedChoice", "finite weights of at least 0", weight, `position ${i}`);
    total += weight;
  }
  if (!(total > 0 && total < Infinity)) refuse("weightedChoice", "a positive, finite sum of weights", total);
  let left = random.next() * total;
  let chosen = -1;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! === 0) continue;
    chosen = i; // rounding may leave a little at the end: the last possible position takes it
    left -= weights[i]!;
    if (left < 0) break;
  }
  return chosen;
}
