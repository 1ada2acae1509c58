import { asProbabilities, type Probabilities, type ProbabilityInput } from "../probability/probabilities";
import { refuse } from "../runtime/refuse";
import { entropyUnit, type EntropyOptions } from "./entropy";
import { logProbability } from "./logProbability";

/**
 * BALD: what an answer would tell about the network, as the mutual information of the label and the draw. High where
 * every draw is sure of itself and they contradict each other; zero where they agree, however unsure.
 *
 * u[i] = H(p̄[i]) − (1/K) Σₖ H(P[i,·,k]), the entropy of the mean minus the mean entropy over K draws.
 *
 * @param p probabilities [sample, class, draw], two draws or more
 * @returns utilities [sample], higher = ask first, from 0 to log(min(classes, draws)) when smoothing is 0
 * @example
 * bald([[[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]]) // [0.6931471805599453, 0]
 * @throws {InputError} when the input is not a table of probabilities, or has one draw only
 * @see Houlsby, Huszár, Ghahramani, Lengyel (2011), arXiv 1112.5745, equation 2; Gal, Islam, Ghahramani (2017), arXiv 1703.02910, equation 2
 */
export function bald(p: ProbabilityInput, options: Pick<EntropyOptions, "base" | "smoothing"> = {}): Float64Array {
  const { values, samples, classes, draws } = withSeveralDraws(asProbabilities(p, "bald"), "bald");
  const unit = entropyUnit(options, classes, "bald");
  const smoothing = options.smoothing ?? 0;
  const utilities = new Float64Array(samples);
  for (let sample = 0, at = 0; sample < samples; sample++) {
    let within = 0; // Σₗ Σₖ p log p: minus the entropies of the draws
    let between = 0; // Σₗ p̄ log p̄: minus the entropy of their mean
    for (let l = 0; l < classes; l++) {
      let sum = 0;
      for (const end = at + draws; at < end; at++) {
        sum += values[at]!;
        within += values[at]! * logProbability(values[at]! + smoothing);
      }
      between += (sum / draws) * logProbability(sum / draws + smoothing);
    }
    utilities[sample] = (within / draws - between) / unit;
  }
  // Jensen's inequality forbids less than 0: what is there is rounding.
  return smoothing === 0 ? utilities.map((information) => Math.max(0, information)) : utilities;
}

/** Disagreement needs two who can disagree. */
export function withSeveralDraws(p: Probabilities, caller: string): Probabilities {
  return p.draws >= 2 ? p : refuse(caller, "at least two draws", p.draws);
}
