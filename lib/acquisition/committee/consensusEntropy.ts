import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { withSeveralDraws } from "../draws/withSeveralDraws";
import { entropy, type EntropyOptions } from "../uncertainty/entropy";

/**
 * Consensus entropy: how undecided a committee is as a whole. Members who are unsure and members who disagree both raise it.
 *
 * u[i] = H(p̄[i]), the entropy of the members' mean. Also called soft vote entropy; of dropout draws, predictive entropy.
 *
 * @param p probabilities [sample, class, member], two members or more
 * @returns utilities [sample], higher = ask first, from 0 to log(classes)
 * @example
 * consensusEntropy([[[1, 0], [0, 1]]], { base: "bits" }) // [1]
 * @throws {InputError} when the input is not a table of probabilities, or the committee has one member
 * @see Settles (2012), Active Learning, section 3.4
 */
export function consensusEntropy(p: ProbabilityInput, options: EntropyOptions = {}): Float64Array {
  return entropy(withSeveralDraws(asProbabilities(p, "consensusEntropy"), "consensusEntropy"), options);
}
