import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { requireOneOf } from "../../runtime/requireOneOf";

/**
 * Least confidence: the probability that the model's best guess is wrong.
 *
 * u[i] = 1 − maxₗ p[i,l]; normalised: u · C / (C − 1), where C is the number of classes.
 *
 * @param p probabilities [sample, class]; where there are draws, their mean is used
 * @param options.normalized scale to 0 … 1, 1 for equally likely classes. Default false
 * @returns utilities [sample], higher = ask first, from 0 to 1 − 1/C
 * @example
 * leastConfidence([[0.75, 0.25], [0.5, 0.5]]) // [0.25, 0.5]
 * @throws {InputError} when the input is not a table of probabilities
 * @see Lewis, Gale (1994), A sequential algorithm for training text classifiers
 */
export function leastConfidence(p: ProbabilityInput, options: { normalized?: boolean } = {}): Float64Array {
  const { values, samples, classes } = meanOverDraws(asProbabilities(p, "leastConfidence"));
  const scale = requireOneOf("leastConfidence", "normalized", options.normalized ?? false, [true, false]) ? classes / (classes - 1) : 1;
  const utilities = new Float64Array(samples);
  for (let sample = 0, at = 0; sample < samples; sample++) {
    let largest = 0;
    for (const end = at + classes; at < end; at++) if (values[at]! > largest) largest = values[at]!;
    utilities[sample] = Math.max(0, 1 - largest) * scale; // a rounded probability may be just above 1
  }
  return utilities;
}
