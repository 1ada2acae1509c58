import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { refuse } from "../../runtime/refuse";
import { requireOneOf } from "../../runtime/requireOneOf";
import { rowEntropies } from "../arithmetic/rowEntropies";

/** How an entropy is reported. */
export interface EntropyOptions {
  /** Unit of the result: natural logarithms or base 2. Default `"nats"`. */
  readonly base?: "nats" | "bits";
  /** Divide by the entropy of the uniform distribution: 0 when certain, 1 when all outcomes are equally likely. Default false. */
  readonly normalized?: boolean;
  /** Added inside the logarithm, 0 or more, below 1. Default 0: exact. `1e-5` is the constant of the paper's code. */
  readonly smoothing?: number;
}

/**
 * Entropy of the prediction (maximum entropy sampling): how undecided the model is between all classes.
 *
 * H[i] = −Σₗ p[i,l] · log p[i,l], with 0·log 0 = 0; where there are draws, p is their mean (predictive entropy).
 *
 * @param p probabilities [sample, class] or [sample, class, draw]
 * @returns utilities [sample], higher = ask first, from 0 to log(classes)
 * @example
 * entropy([[0.5, 0.5], [1, 0]]) // [0.6931471805599453, 0]
 * @throws {InputError} when the input is not a table of probabilities, or an option is out of range
 * @see Shannon (1948), A mathematical theory of communication; Settles (2009), Active learning literature survey, section 3.1
 */
export function entropy(p: ProbabilityInput, options: EntropyOptions = {}): Float64Array {
  const { values, classes } = meanOverDraws(asProbabilities(p, "entropy"));
  const unit = entropyUnit(options, classes, "entropy");
  return divided(rowEntropies(values, classes, options.smoothing), unit);
}

/** Divides in place. */
export function divided(entropies: Float64Array, unit: number): Float64Array {
  if (unit !== 1) for (let i = 0; i < entropies.length; i++) entropies[i]! /= unit;
  return entropies;
}

/** What one unit of the reported entropy is worth in nats, once the options are known to make sense. */
export function entropyUnit(options: EntropyOptions, outcomes: number, caller: string): number {
  const { base = "nats", normalized = false, smoothing = 0 } = options;
  requireOneOf(caller, "a base", base, ["nats", "bits"]);
  requireOneOf(caller, "normalized", normalized, [true, false]);
  if (!(smoothing >= 0 && smoothing < 1)) refuse(caller, "a smoothing from 0 to below 1", smoothing);
  return normalized ? Math.log(outcomes) : base === "bits" ? Math.LN2 : 1;
}
