import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { requireQuestion, type Question } from "../../question/question";
import { gainTvCriterion, type GainTvOptions } from "./gainTvCriterion";

/**
 * The gain in total variation that an answer promises, conservative over the draws: how far the answer would move
 * the probabilities of the samples shown.
 *
 * With sₖ[i] = P[i,y,k] for All and 1 − P[i,y,k] for Any, tₖ = ∏ᵢ sₖ[i], in the draw chosen by its rank among the tₖ:
 * gain = t · Σᵢ (1 − s[i]) + (1 − t) · minᵢ s[i]. For Class, on the mean over draws: Σₗ p̄ₗ (1 − p̄ₗ).
 *
 * @param input probabilities [sample, class, draw]
 * @throws {InputError} for probabilities that are none, or a question about a sample or class that is not there
 * @example
 * gainTv([[0.5, 0.5], [0.8, 0.2]], { kind: "all", class: 0, samples: [0, 1] }) // 0.58
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277
 */
export function gainTv(input: ProbabilityInput, question: Question, options: GainTvOptions = {}): number {
  const p = asProbabilities(input, "gainTv");
  requireQuestion("gainTv", question, p);
  const criterion = gainTvCriterion(options);
  if (question.kind === "class") return classGainTv(p)[question.samples[0]]!;
  const kept = question.samples.slice(0, -1);
  return criterion.values(p, { ...question, kept }, question.samples.slice(-1))[0]!;
}

/**
 * GainTV of the Class question about every sample: Σₗ p̄ₗ (1 − p̄ₗ).
 *
 * @returns utilities [sample]
 * @example
 * classGainTv([[0.5, 0.5]]) // [0.5]
 */
export function classGainTv(input: ProbabilityInput): Float64Array {
  const mean = meanOverDraws(asProbabilities(input, "classGainTv"));
  const gains = new Float64Array(mean.samples);
  for (let i = 0; i < gains.length; i++)
    for (let at = i * mean.classes; at < (i + 1) * mean.classes; at++) gains[i]! += mean.values[at]! * (1 - mean.values[at]!);
  return gains;
}
