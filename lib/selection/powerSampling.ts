import { batchCandidates, type BatchOptions } from "../acquisition/batchOptions";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { gumbelTopK } from "./gumbelTopK";

/** How strongly utilities decide. */
export interface PowerSamplingOptions extends BatchOptions {
  /** Exponent β ≥ 0: 0 draws evenly, larger ones come nearer to `topK`. Default 1. */
  readonly power?: number;
}

/**
 * Draws samples one after the other, without replacement, with probability ∝ utility^power: a batch that is less alike than
 * the top of the list, at no cost. Of BALD's utilities this is PowerBALD.
 *
 * Drawn at once, as the top of power · log u[i] + Gumbel noise.
 *
 * @param utilities of the whole pool [sample], finite, ≥ 0; samples of utility 0 come last, in random order
 * @returns the chosen samples [batchSize], in the order of the draws
 * @example
 * powerSampling([0, 2, 0], { batchSize: 1 }, randomSource(7)) // [1]
 * @throws {InputError} when a utility is negative or not finite, or the batch is larger than the candidates
 * @see Kirsch, Farquhar, Atighehchian, Jesson, Branchaud-Charron, Gal (2023), arXiv 2106.12059, section 3
 */
export function powerSampling(utilities: ArrayLike<number>, options: PowerSamplingOptions, random: RandomSource): Int32Array {
  return drawByPower("powerSampling", utilities, options, random);
}

/** The same in the name of a caller. */
export function drawByPower(caller: string, utilities: ArrayLike<number>, options: PowerSamplingOptions, random: RandomSource): Int32Array {
  const candidates = batchCandidates(options, utilities.length, caller);
  const { power = 1 } = options;
  if (!(power >= 0 && power < Infinity)) refuse(caller, "a finite power of at least 0", power);
  const logWeights = Float64Array.from(candidates, (sample) => {
    const utility = utilities[sample]!;
    if (!(utility >= 0 && utility < Infinity)) refuse(caller, "finite utilities of at least 0", utility, `sample ${sample}`);
    return power === 0 ? 0 : power * Math.log(utility);
  });
  return gumbelTopK(logWeights, options.batchSize, random).map((place) => candidates[place]!);
}
