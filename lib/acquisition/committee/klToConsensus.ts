import { largestInRow } from "../../probability/largestInRow";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { withSeveralDraws } from "../draws/withSeveralDraws";
import { entropyUnit, type EntropyOptions } from "../uncertainty/entropy";
import { logProbability } from "../arithmetic/logProbability";
import { requireOneOf } from "../../runtime/requireOneOf";

/** A divergence that rounding alone may make; negative ones are nothing else. */
const rounding = 1e-14;

/** How a committee's divergences are put together and reported. */
export interface KlOptions extends Pick<EntropyOptions, "base"> {
  /** `"mean"` over the members, which is BALD; `"max"`: the member farthest from the others. Default `"mean"`. */
  readonly over?: "mean" | "max";
}

/**
 * Kullback–Leibler divergence to the consensus: how far the members are from the committee's mean.
 *
 * u[i] = meanₖ or maxₖ of Σₗ P[i,l,k] · log(P[i,l,k] / p̄[i,l])
 *
 * @param p probabilities [sample, class, member], two members or more
 * @returns utilities [sample], higher = ask first, from 0 to log(members)
 * @example
 * klToConsensus([[[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]], { base: "bits" }) // [1, 0]
 * @throws {InputError} when the input is not a table of probabilities, or the committee has one member
 * @see McCallum, Nigam (1998), Employing EM and pool-based active learning for text classification
 */
export function klToConsensus(p: ProbabilityInput, options: KlOptions = {}): Float64Array {
  const { values, samples, classes, draws } = withSeveralDraws(asProbabilities(p, "klToConsensus"), "klToConsensus");
  const unit = entropyUnit(options, classes, "klToConsensus");
  const over = requireOneOf("klToConsensus", "over", options.over ?? "mean", ["mean", "max"]);
  const utilities = new Float64Array(samples);
  const divergences = new Float64Array(draws);
  for (let sample = 0, at = 0; sample < samples; sample++) {
    divergences.fill(0);
    for (let l = 0; l < classes; l++, at += draws) {
      let sum = 0;
      for (let draw = 0; draw < draws; draw++) sum += values[at + draw]!;
      const logOfMean = logProbability(sum / draws);
      for (let draw = 0; draw < draws; draw++)
        divergences[draw]! += values[at + draw]! * (logProbability(values[at + draw]!) - logOfMean);
    }
    const together = over === "max" ? divergences[largestInRow(divergences, draws, 0)]! : divergences.reduce((sum, d) => sum + d, 0) / draws;
    utilities[sample] = together > rounding ? together / unit : 0;
  }
  return utilities;
}
