import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { decrease } from "../arithmetic/decrease";
import { requireQuestion, type Question } from "../../question/question";
import { refuse } from "../../runtime/refuse";
import { requireOneOf } from "../../runtime/requireOneOf";
import { bestOfValues, factor, keptProduct, requireOpenQuestion, type OpenQuestion, type OpenQuestionCriterion } from "./openQuestion";

export interface QuestionBaldOptions {
  /** Added inside every logarithm: 0 is exact (0·log 0 = 0) and the default, 1e-5 is the paper's convention. */
  readonly smoothing?: number;
}

/**
 * BALD of a yes/no question: the mutual information between its answer and the model, in nats.
 *
 * With tₖ the probability of the firm answer (All: yes, Any: no) under draw k and h(t) = −t log t − (1−t) log(1−t):
 * BALD = h(mean of tₖ) − mean of h(tₖ).
 *
 * @param input probabilities [sample, class, draw]
 * @example
 * questionBald([[[0, 1], [1, 0]]], { kind: "all", class: 0, samples: [0] }) // 0.6931: log 2
 * @throws {InputError} for a Class question (that is `bald`), or a sample or class that is not there
 * @see Houlsby et al. (2011), arXiv 1112.5745; for questions: Huang, Yang, Fu (2025), arXiv 2501.00277
 */
export function questionBald(
  input: ProbabilityInput,
  question: Question & { kind: "all" | "any" },
  options: QuestionBaldOptions = {},
): number {
  const p = asProbabilities(input, "questionBald");
  requireQuestion("questionBald", question, p);
  requireOneOf("questionBald", "a kind", question.kind, ["all", "any"]);
  const last = question.samples.length - 1;
  const open: OpenQuestion = { ...question, kept: question.samples.slice(0, last) };
  return questionBaldCriterion(options).values(p, open, [question.samples[last]!])[0]!;
}

/** BALD of open All and Any questions: the kept samples' product is worked out once for all candidates. */
export function questionBaldCriterion({ smoothing = 0 }: QuestionBaldOptions = {}): OpenQuestionCriterion {
  if (!(smoothing >= 0 && smoothing < 1)) refuse("questionBald", "a smoothing from 0 to below 1", smoothing);
  const term = (t: number) => (t + smoothing === 0 ? 0 : -t * Math.log(t + smoothing));
  const entropyOfAnswer = (firm: number) => term(firm) + term(1 - firm);
  const values: OpenQuestionCriterion["values"] = (p, open, candidates) => {
    requireOpenQuestion("questionBald", p, open, candidates);
    const kept = keptProduct(p, open);
    return Float64Array.from(candidates, (sample) => {
      let mean = 0;
      let meanEntropy = 0;
      for (let k = 0; k < p.draws; k++) {
        const firm = kept[k]! * factor(p, open, sample, k);
        mean += firm / p.draws;
        meanEntropy += entropyOfAnswer(firm) / p.draws;
      }
      const entropy = entropyOfAnswer(Math.min(1, mean));
      return smoothing === 0 ? decrease(entropy, meanEntropy) : entropy - meanEntropy;
    });
  };
  return { values, best: bestOfValues(values) };
}
