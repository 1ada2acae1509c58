import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { entropyUnit, type EntropyOptions } from "../uncertainty/entropy";
import { decrease } from "../arithmetic/decrease";
import { rowEntropies } from "../arithmetic/rowEntropies";
import { withSeveralDraws } from "./withSeveralDraws";

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
  const { values, classes, draws } = withSeveralDraws(asProbabilities(p, "bald"), "bald");
  const unit = entropyUnit(options, classes, "bald");
  const { smoothing = 0 } = options;
  const ofMean = rowEntropies(meanOfRows(values, draws), classes, smoothing);
  const ofDraws = rowEntropies(values, classes * draws, smoothing); // of each sample, summed over its draws
  return ofMean.map((total, sample) => {
    const left = ofDraws[sample]! / draws;
    return (smoothing === 0 ? decrease(total, left) : total - left) / unit;
  });
}

/** The mean of every row, in double precision always: BALD is a small difference. */
function meanOfRows(values: Float32Array | Float64Array, width: number): Float64Array {
  const means = new Float64Array(values.length / width);
  for (let row = 0, at = 0; row < means.length; row++) {
    let even = 0;
    let odd = 0;
    const end = at + width;
    for (; at + 1 < end; at += 2) {
      even += values[at]!;
      odd += values[at + 1]!;
    }
    if (at < end) even += values[at++]!;
    means[row] = (even + odd) / width;
  }
  return means;
}
