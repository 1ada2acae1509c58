import { largestInRow } from "./largestInRow";
import { meanOverDraws } from "./meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "./probabilities";

/**
 * What a model would answer: the most probable class of every sample, the first one at a tie.
 *
 * @param p [sample, class]; draws are averaged first
 * @returns classes [sample]
 * @example
 * predictedClasses([[0.2, 0.8], [0.5, 0.5]]) // [1, 0]
 * @throws {InputError} when the input is not a table of probabilities
 */
export function predictedClasses(p: ProbabilityInput): Int32Array {
  const { values, samples, classes } = meanOverDraws(asProbabilities(p, "predictedClasses"));
  return Int32Array.from({ length: samples }, (_, sample) => largestInRow(values, classes, sample));
}
