import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { requireOneOf } from "../../runtime/requireOneOf";
import { topTwo } from "./topTwo";

/**
 * Ratio of confidence: how large the second guess is beside the first.
 *
 * u[i] = p₂ / p₁, with p₁ ≥ p₂ the two largest probabilities of sample i: 1 when they tie, 0 when certain.
 * The field's raw ratio p₁ / p₂ grows as uncertainty falls; `normalized: false` gives it with its sign turned.
 *
 * @param p probabilities [sample, class]; where there are draws, their mean is used
 * @param options.normalized true: p₂ / p₁, from 0 to 1; false: −p₁ / p₂, from −∞ (certain) to −1. Default true
 * @returns utilities [sample], higher = ask first
 * @example
 * ratioOfConfidence([[0.8, 0.2], [0.5, 0.5]]) // [0.25, 1]
 * @throws {InputError} when the input is not a table of probabilities
 * @see Munro (2021), Human-in-the-Loop Machine Learning, section 3.2.3
 */
export function ratioOfConfidence(p: ProbabilityInput, options: { normalized?: boolean } = {}): Float64Array {
  const { first, second } = topTwo(meanOverDraws(asProbabilities(p, "ratioOfConfidence")));
  const raw = !requireOneOf("ratioOfConfidence", "normalized", options.normalized ?? true, [true, false]);
  return first.map((best, sample) => (raw ? -best / second[sample]! : second[sample]! / best));
}
