import { refuse } from "../runtime/refuse";

/**
 * The mini-batch size that leaves no small remainder: `requested` when the last mini-batch would be at least half full,
 * otherwise a little less, so that the leftovers are spread over the others.
 *
 * B if N ≤ B, or N mod B is 0 or at least ⌊B/2⌋; else ⌊(N − ⌊B/2⌋) / ⌊N/B⌋⌋.
 *
 * @param requested B, ≥ 1
 * @param observations N, ≥ 0
 * @example
 * balancedBatchSize(64, 136) // 52: mini-batches of 52, 52 and 32 rather than 64, 64 and 8
 */
export function balancedBatchSize(requested: number, observations: number): number {
  if (!Number.isInteger(requested) || requested < 1) refuse("balancedBatchSize", "a size of at least 1", requested);
  const half = Math.floor(requested / 2);
  const left = observations % requested;
  if (observations <= requested || left === 0 || left >= half) return requested;
  return Math.floor((observations - half) / Math.floor(observations / requested));
}
