import { largestInRow } from "../../probability/largestInRow";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { withSeveralDraws } from "../draws/withSeveralDraws";
import { memberVotes } from "./memberVotes";

/**
 * Variation ratio: the share of a committee that does not vote with the majority.
 *
 * u[i] = 1 − maxₗ v[i,l], with v[i,l] the share of the members whose most likely class is l.
 *
 * @param p probabilities [sample, class, member], two members or more; a member splits its vote among equals
 * @returns utilities [sample], higher = ask first, from 0 to 1 − 1/classes
 * @example
 * variationRatio([[[0.9, 0.8, 0.2, 0.6], [0.1, 0.2, 0.8, 0.4]]]) // [0.25]
 * @throws {InputError} when the input is not a table of probabilities, or the committee has one member
 * @see Freeman (1965), Elementary applied statistics; Gal, Islam, Ghahramani (2017), arXiv 1703.02910, section 4
 */
export function variationRatio(p: ProbabilityInput): Float64Array {
  const committee = withSeveralDraws(asProbabilities(p, "variationRatio"), "variationRatio");
  const shares = memberVotes(committee);
  const { samples, classes } = committee;
  return Float64Array.from({ length: samples }, (_, i) => Math.max(0, 1 - shares[i * classes + largestInRow(shares, classes, i)]!));
}
