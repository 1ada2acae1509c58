import { refuse } from "../../runtime/refuse";
import { newest, type StoppingRule } from "./stoppingRule";

/** When a model is sure enough. */
export interface LowUncertaintyOptions {
  /** Stop when the uncertainty is at most this, from 0 to 1. */
  readonly threshold: number;
  /** `"entropy"` divided by log(classes), or `"leastConfidence"`, 1 − max p. Default `"entropy"`. */
  readonly measure?: "entropy" | "leastConfidence";
  /** The `"mean"` over the samples nobody was asked about (overall uncertainty), or the `"largest"` of them. Default `"mean"`. */
  readonly of?: "mean" | "largest";
}

/**
 * Stops when the model is sure of what it was never asked about: overall uncertainty (the mean) or maximum uncertainty (the largest)
 * is at most the threshold. Needs no labels beyond those bought; believes a model that is sure of itself and wrong.
 *
 * @example
 * lowUncertainty({ threshold: 0.1 })([]) // undefined
 * @throws {InputError} when an option is out of range
 * @see Zhu, Hovy (2007), Active learning for word sense disambiguation with methods for addressing the class imbalance problem (largest); Zhu, Wang, Hovy, Ma (2010), Confidence-based stopping criteria for active learning for data annotation (mean)
 */
export function lowUncertainty({ threshold, measure = "entropy", of = "mean" }: LowUncertaintyOptions): StoppingRule {
  if (!(threshold >= 0 && threshold <= 1)) refuse("lowUncertainty", "a threshold from 0 to 1", threshold);
  if (measure !== "entropy" && measure !== "leastConfidence") refuse("lowUncertainty", 'a measure of "entropy" or "leastConfidence"', measure);
  if (of !== "mean" && of !== "largest") refuse("lowUncertainty", '"mean" or "largest" of the uncertainties', of);
  return (states) => {
    if (states.length === 0) return undefined;
    const value = newest(states).unasked[measure][of];
    return value <= threshold ? { by: "lowUncertainty", because: inWords(value, measure, of) } : undefined;
  };
}

function inWords(value: number, measure: "entropy" | "leastConfidence", of: "mean" | "largest"): string {
  if (measure === "entropy") return `the ${of} entropy of what was not asked is ${value.toFixed(3)}`;
  const sure = `${(100 * (1 - value)).toFixed(0)} % sure`;
  return of === "mean" ? `the model is ${sure} of what was not asked at the mean` : `the model is at least ${sure} of all that was not asked`;
}
