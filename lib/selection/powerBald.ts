import { bald } from "../acquisition/draws/bald";
import { withSeveralDraws } from "../acquisition/draws/withSeveralDraws";
import { asProbabilities, type ProbabilityInput } from "../probability/probabilities";
import type { RandomSource } from "../random/randomSource";
import { drawByPower, type PowerSamplingOptions } from "./powerSampling";

/**
 * PowerBALD: a batch drawn with probability ∝ BALD^power, as good as BatchBALD in many pools and as quick as BALD.
 *
 * @param p probabilities [sample, class, draw], two draws or more
 * @returns the chosen samples [batchSize], in the order of the draws, none twice
 * @example
 * powerBald([[[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]], { batchSize: 1 }, randomSource(7)) // [0]
 * @throws {InputError} as `bald` and `powerSampling` do
 * @see Kirsch et al. (2023), arXiv 2106.12059, section 3
 */
export function powerBald(p: ProbabilityInput, options: PowerSamplingOptions, random: RandomSource): Int32Array {
  return drawByPower("powerBald", bald(withSeveralDraws(asProbabilities(p, "powerBald"), "powerBald")), options, random);
}
