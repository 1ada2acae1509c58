import { batchCandidates, type BatchOptions } from "../acquisition/batchOptions";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { bestSoFar } from "./bestSoFar";

/**
 * The samples with the highest utilities, best first; equal ones in an order that only the seed decides.
 *
 * @param utilities of the whole pool [sample]; ±Infinity is allowed, NaN is not
 * @returns the chosen samples [batchSize], none twice
 * @example
 * topK([0.2, 0.9, 0.1, 0.5], { batchSize: 2 }, randomSource(7)) // [1, 3]
 * @throws {InputError} when a utility is NaN, or the batch is larger than the candidates
 */
export function topK(utilities: ArrayLike<number>, options: BatchOptions, random: RandomSource): Int32Array {
  const candidates = batchCandidates(options, utilities.length, "topK");
  const best = bestSoFar(options.batchSize, random);
  for (const sample of candidates) {
    const utility = utilities[sample]!;
    if (typeof utility !== "number" || Number.isNaN(utility)) refuse("topK", "utilities that are numbers", utility, `sample ${sample}`);
    best.offer(sample, utility);
  }
  return best.inOrder().samples;
}
