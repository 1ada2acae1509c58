import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { withSeveralDraws } from "../draws/withSeveralDraws";
import { entropyUnit, type EntropyOptions } from "../uncertainty/entropy";
import { logProbability } from "../arithmetic/logProbability";
import { memberVotes } from "./memberVotes";
import { requireOneOf } from "../../runtime/requireOneOf";

/** How a committee votes and how the entropy of its vote is reported. */
export interface VoteEntropyOptions extends Pick<EntropyOptions, "base" | "normalized"> {
  /**
   * `"hard"`: every member votes for its most likely class, splitting its vote among equals;
   * `"soft"`: every member spreads its vote as its probabilities say, which is consensus entropy. Default `"hard"`.
   */
  readonly votes?: "hard" | "soft";
}

/**
 * Vote entropy: how evenly a committee's votes fall on the classes.
 *
 * u[i] = −Σₗ v[i,l] · log v[i,l], with v[i,l] the share of the votes for class l.
 *
 * @param p probabilities [sample, class, member], two members or more
 * @returns utilities [sample], higher = ask first, from 0 to log(classes)
 * @example
 * voteEntropy([[[0.9, 0.2], [0.1, 0.8]]], { base: "bits" }) // [1]
 * @throws {InputError} when the input is not a table of probabilities, or the committee has one member
 * @see Dagan, Engelson (1995), Committee-based sampling for training probabilistic classifiers; Settles (2009), equation for vote entropy in section 3.2
 */
export function voteEntropy(p: ProbabilityInput, options: VoteEntropyOptions = {}): Float64Array {
  const committee = withSeveralDraws(asProbabilities(p, "voteEntropy"), "voteEntropy");
  const unit = entropyUnit(options, committee.classes, "voteEntropy");
  const shares = requireOneOf("voteEntropy", "votes", options.votes ?? "hard", ["hard", "soft"]) === "soft" ? meanOverDraws(committee).values : memberVotes(committee);
  const utilities = new Float64Array(committee.samples);
  for (let at = 0; at < shares.length; at++)
    utilities[Math.floor(at / committee.classes)]! -= (shares[at]! * logProbability(shares[at]!)) / unit;
  return utilities;
}
