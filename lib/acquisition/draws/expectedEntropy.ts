import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { divided, entropyUnit, type EntropyOptions } from "../uncertainty/entropy";
import { rowEntropies } from "../arithmetic/rowEntropies";

/**
 * Expected entropy: how undecided the draws are one by one. It measures noise that no label can remove;
 * `entropy` of the mean is this plus BALD.
 *
 * u[i] = (1/K) Σₖ H(P[i,·,k])
 *
 * @param p probabilities [sample, class, draw]
 * @returns utilities [sample], from 0 to log(classes)
 * @example
 * expectedEntropy([[[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]]) // [0, 0.6931471805599453]
 * @throws {InputError} when the input is not a table of probabilities
 * @see Gal (2016), Uncertainty in deep learning, section 3.3.1
 */
export function expectedEntropy(p: ProbabilityInput, options: EntropyOptions = {}): Float64Array {
  const { values, classes, draws } = asProbabilities(p, "expectedEntropy");
  const unit = entropyUnit(options, classes, "expectedEntropy");
  return divided(rowEntropies(values, classes * draws, options.smoothing), unit * draws);
}
