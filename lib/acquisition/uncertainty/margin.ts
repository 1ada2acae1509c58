import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { requireOneOf } from "../../runtime/requireOneOf";
import { topTwo } from "./topTwo";

/**
 * Margin of confidence: how close the second guess comes to the first.
 *
 * u[i] = 1 − (p₁ − p₂), with p₁ ≥ p₂ the two largest probabilities of sample i: 1 when they tie, 0 when certain.
 * The field's raw margin p₁ − p₂ grows as uncertainty falls; `normalized: false` gives it with its sign turned.
 *
 * @param p probabilities [sample, class]; where there are draws, their mean is used
 * @param options.normalized true: 1 − (p₁ − p₂), from 0 to 1; false: −(p₁ − p₂), from −1 to 0. Default true
 * @returns utilities [sample], higher = ask first
 * @example
 * margin([[0.75, 0.25], [0.5, 0.5]]) // [0.5, 1]
 * @throws {InputError} when the input is not a table of probabilities
 * @see Scheffer, Decomain, Wrobel (2001), Active hidden Markov models for information extraction
 */
export function margin(p: ProbabilityInput, options: { normalized?: boolean } = {}): Float64Array {
  const { first, second } = topTwo(meanOverDraws(asProbabilities(p, "margin")));
  const most = requireOneOf("margin", "normalized", options.normalized ?? true, [true, false]) ? 1 : 0;
  return first.map((best, sample) => most - Math.min(1, best - second[sample]!)); // a rounded probability may be just above 1
}
