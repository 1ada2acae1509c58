import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { withSeveralDraws } from "./withSeveralDraws";

/** What the deviation of equal draws may come to. */
const rounding = 1e-14;

/**
 * Mean standard deviation: how much the class probabilities move from draw to draw.
 *
 * u[i] = (1/C) Σₗ √( (1/K) Σₖ (P[i,l,k] − p̄[i,l])² )
 *
 * @param p probabilities [sample, class, draw], two draws or more
 * @returns utilities [sample], higher = ask first, from 0 to ½
 * @example
 * meanStandardDeviation([[[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]]) // [0.5, 0]
 * @throws {InputError} when the input is not a table of probabilities, or has one draw only
 * @see Kampffmeyer, Salberg, Jenssen (2016), Semantic segmentation of small objects; Gal, Islam, Ghahramani (2017), arXiv 1703.02910, section 4
 */
export function meanStandardDeviation(p: ProbabilityInput): Float64Array {
  const { values, samples, classes, draws } = withSeveralDraws(asProbabilities(p, "meanStandardDeviation"), "meanStandardDeviation");
  const utilities = new Float64Array(samples);
  for (let row = 0, at = 0; row < samples * classes; row++, at += draws) {
    let mean = 0;
    for (let draw = 0; draw < draws; draw++) mean += values[at + draw]! / draws;
    let squares = 0;
    for (let draw = 0; draw < draws; draw++) squares += (values[at + draw]! - mean) ** 2;
    const deviation = Math.sqrt(squares / draws);
    if (deviation > rounding) utilities[Math.floor(row / classes)]! += deviation / classes;
  }
  return utilities;
}
