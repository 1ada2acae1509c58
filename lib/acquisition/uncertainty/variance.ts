import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";

/**
 * Variance of the prediction: twice the summed variances of the class indicators, which is also twice the chance
 * that two labels drawn from the prediction differ.
 *
 * u[i] = 2 · Σₗ p[i,l] · (1 − p[i,l])
 *
 * @param p probabilities [sample, class]; where there are draws, their mean is used
 * @returns utilities [sample], higher = ask first, from 0 to 2 · (1 − 1/classes)
 * @example
 * variance([[0.5, 0.5], [1, 0]]) // [1, 0]
 * @throws {InputError} when the input is not a table of probabilities
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, section 4 (the VAR baseline)
 */
export function variance(p: ProbabilityInput): Float64Array {
  const { values, samples, classes } = meanOverDraws(asProbabilities(p, "variance"));
  const utilities = new Float64Array(samples);
  for (let sample = 0, at = 0; sample < samples; sample++) {
    let sum = 0;
    for (const end = at + classes; at < end; at++) sum += values[at]! * (1 - values[at]!);
    utilities[sample] = Math.max(0, 2 * sum); // a rounded probability may be just above 1
  }
  return utilities;
}
