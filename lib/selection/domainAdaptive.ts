import { densityWeighted } from "../acquisition/weighting/densityWeighted";
import { domainImportance, type DomainImportanceOptions } from "../acquisition/weighting/domainImportance";
import { asFeatures, rowsOf } from "../acquisition/diversity/features";
import type { Probabilities } from "../probability/probabilities";
import { refuse } from "../runtime/refuse";
import type { PoolView } from "./poolView";

/** How much the new domain counts. */
export interface DomainAdaptiveOptions extends DomainImportanceOptions {
  /** Exponent of the importance, ≥ 0; 0 leaves the utilities as they are. Default 1. */
  readonly power?: number;
}

/**
 * Utilities for a model that moves to another domain: a pool of source samples that are labeled and target samples that
 * are not. A logistic regression learns to tell, by the model's embedding, what has been asked from what has not;
 *
 * u'[i] = u[i] · r[i]^power, r[i] = p_unasked(x[i]) / p_asked(x[i]),
 *
 * so that an uncertain sample counts the more, the less anything known is like it. Samples already asked get 0.
 * The time of one look grows with samples × width² of the embedding.
 *
 * @param utility one number per sample of the pool, ≥ 0, higher = ask first
 * @returns what `byUtility` takes
 * @throws {InputError} when it is used, for a negative utility, or where everything has been asked
 * @see Su et al. (2020), arXiv 1904.07848, equation 6
 */
export function domainAdaptive(
  utility: (p: Probabilities, view: PoolView) => ArrayLike<number>,
  { power = 1, ...options }: DomainAdaptiveOptions = {},
): (p: Probabilities, view: PoolView) => Float64Array {
  return (p, view) => {
    const features = asFeatures(view.embedding, "domainAdaptive", p.samples);
    const known = new Uint8Array(p.samples);
    for (const { question } of view.answered) for (const sample of question.samples) known[sample] = 1;
    const samplesThat = (state: number) => Int32Array.from(known.keys()).filter((sample) => known[sample] === state);
    const [asked, unasked] = [samplesThat(1), samplesThat(0)];
    if (asked.length === 0 || unasked.length === 0) refuse("domainAdaptive", "asked and unasked samples in the pool", `${asked.length} and ${unasked.length}`);
    const ratios = domainImportance(rowsOf(features, asked), rowsOf(features, unasked), options);
    const importance = new Float64Array(p.samples);
    unasked.forEach((sample, i) => (importance[sample] = ratios[i]!));
    return densityWeighted(utility(p, view), importance, { power }).map((value, sample) => (known[sample] === 1 ? 0 : value));
  };
}
