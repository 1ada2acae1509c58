import { refuse } from "../../runtime/refuse";
import { asFeatures, type FeatureInput } from "../diversity/features";
import { domainClassifier, logit } from "./domainClassifier";

/** How the domain classifier is held back. */
export interface DomainImportanceOptions {
  /** L2 penalty λ of the domain classifier, > 0: it minimises Σ log-loss + λ/2 ‖w‖² (no penalty on its bias). Default 1. */
  readonly penalty?: number;
}

/**
 * Importance for domain adaptation: how much more common samples like this are in the target domain than in the source
 * domain, where the labels are. Multiply a criterion's utilities by it to ask about what the source cannot teach.
 *
 * r[i] = p_target(x[i]) / p_source(x[i]) ≈ (n_source / n_target) · exp(w·x[i] + b), with (w, b) the logistic regression that tells
 * target (1) from source (0) samples.
 *
 * @param source vectors of the source domain [sample, width]
 * @param target vectors of the target domain [sample, width], the same features
 * @returns importance of every target sample, > 0, 1 = as common in both
 * @example
 * domainImportance([[0], [1], [2], [3]], [[2], [3], [4], [5]]) // [0.64, 1.56, 3.81, 9.28]
 * @throws {InputError} when widths differ, a number is not finite, the penalty is not positive, or a ratio is too large for a number
 * @see Sugiyama, Suzuki, Kanamori (2012), Density ratio estimation in machine learning, section 4.2; Su et al. (2020), arXiv 1904.07848, equation 6
 */
export function domainImportance(source: FeatureInput, target: FeatureInput, options: DomainImportanceOptions = {}): Float64Array {
  const { penalty = 1 } = options;
  if (!(penalty > 0 && penalty < Infinity)) refuse("domainImportance", "a finite penalty above 0", penalty);
  const here = asFeatures(source, "domainImportance");
  const there = asFeatures(target, "domainImportance");
  if (there.width !== here.width) refuse("domainImportance", `target samples of ${here.width} features`, there.width);
  const coefficients = domainClassifier(here, there, penalty);
  const odds = here.samples / there.samples;
  return Float64Array.from({ length: there.samples }, (_, i) => {
    const importance = odds * Math.exp(logit(coefficients, there, i));
    if (importance < Infinity) return importance;
    return refuse("domainImportance", "a target sample that the source could hold (a larger penalty holds the ratio back)", importance, `target sample ${i}`);
  });
}
