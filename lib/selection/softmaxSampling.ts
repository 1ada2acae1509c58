import { batchCandidates, type BatchOptions } from "../acquisition/batchOptions";
import { requireOptions } from "../runtime/requireOptions";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { gumbelTopK } from "./gumbelTopK";

/** How strongly utilities decide. */
export interface SoftmaxSamplingOptions extends BatchOptions {
  /** Temperature T > 0, in the unit of the utilities: small ones come near to `topK`, large ones draw evenly. Default 1. */
  readonly temperature?: number;
}

/**
 * Draws samples one after the other, without replacement, with probability ∝ exp(utility / temperature).
 *
 * Drawn at once, as the top of u[i] / T + Gumbel noise.
 *
 * @param utilities of the whole pool [sample], finite
 * @returns the chosen samples [batchSize], in the order of the draws
 * @example
 * softmaxSampling([0, 9, 0], { batchSize: 1, temperature: 0.01 }, randomSource(7)) // [1]
 * @throws {InputError} when a utility is not finite, the temperature not positive, or the batch larger than the candidates
 * @see Kool, van Hoof, Welling (2019), arXiv 1903.06059, section 3; Kirsch et al. (2023), arXiv 2106.12059, section 3
 */
export function softmaxSampling(utilities: ArrayLike<number>, options: SoftmaxSamplingOptions, random: RandomSource): Int32Array {
  requireOptions(options, "softmaxSampling");
  const { temperature = 1 } = options;
  if (!(temperature > 0 && temperature < Infinity)) refuse("softmaxSampling", "a finite temperature above 0", temperature);
  const candidates = batchCandidates(options, utilities.length, "softmaxSampling");
  const logWeights = Float64Array.from(candidates, (sample) => {
    if (!Number.isFinite(utilities[sample])) refuse("softmaxSampling", "finite utilities", utilities[sample]!, `sample ${sample}`);
    return utilities[sample]! / temperature;
  });
  return gumbelTopK(logWeights, options.batchSize, random).map((place) => candidates[place]!);
}
