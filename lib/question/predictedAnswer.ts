import type { Probabilities } from "../probability/probabilities";
import { answerProbability } from "./answerProbability";
import type { Answer, Question } from "./question";

/**
 * The answer a model expects: the most probable class (the first one at a tie), or yes where yes is at least as probable as no.
 *
 * @param p probabilities with one draw [sample, class]
 * @param among the samples that `p` is about, in its order. Default: the whole pool
 * @example
 * predictedAnswer({ kind: "any", class: 1, samples: [0] }, softmax(Float32Array.of(0, 1), 2)) // "yes"
 */
export function predictedAnswer(question: Question, p: Probabilities, among?: readonly number[]): Answer {
  const row = (sample: number) => (among === undefined ? sample : among.indexOf(sample));
  const of = (sample: number, label: number) => p.values[row(sample) * p.classes + label]!;
  if (question.kind !== "class") {
    const yes = answerProbability(question, "yes", question.samples.map((sample) => of(sample, question.class)));
    return yes >= 0.5 ? "yes" : "no";
  }
  let best = 0;
  for (let label = 1; label < p.classes; label++) if (of(question.samples[0], label) > of(question.samples[0], best)) best = label;
  return best;
}
