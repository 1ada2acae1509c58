import type { Answer, Question } from "./question";

/**
 * An answer as the likelihood sees it: P(answer) = outer(∏ inner(p[sample, class])),
 * where `inner` is p or 1 − p and `outer` is t or 1 − t. Every answer almq knows has this form:
 *
 * | question | answer | inner | outer |
 * |---|---|---|---|
 * | Class | class a | p | t |
 * | All of class y | yes / no | p | t / 1 − t |
 * | Any of class y | no / yes | 1 − p | t / 1 − t |
 */
export interface Evidence {
  readonly samples: readonly number[];
  readonly class: number;
  readonly innerComplement: boolean;
  readonly outerComplement: boolean;
}

/** The evidence in an answer; none when the oracle could not tell. */
export function evidence(question: Question, answer: Answer): Evidence | undefined {
  if (answer === "cannot tell") return undefined;
  if (typeof answer === "number")
    return { samples: question.samples, class: answer, innerComplement: false, outerComplement: false };
  if (question.kind === "class") return undefined;
  const any = question.kind === "any";
  return {
    samples: question.samples,
    class: question.class,
    innerComplement: any,
    outerComplement: answer === (any ? "yes" : "no"),
  };
}

/**
 * The probability of an answer, given each shown sample's probability of the class asked about
 *, samples taken as independent.
 *
 * @param probabilityOfClass p[sample, class] for every sample shown, in their order
 * @example
 * answerProbability({ kind: "all", class: 2, samples: [5, 9] }, "no", [0.9, 0.8]) // 0.28: 1 − 0.9·0.8
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, section 3
 */
export function answerProbability(question: Question, answer: Answer, probabilityOfClass: readonly number[]): number {
  const seen = evidence(question, answer);
  if (seen === undefined) return 1;
  const product = probabilityOfClass.reduce((t, p) => t * (seen.innerComplement ? 1 - p : p), 1);
  return seen.outerComplement ? 1 - product : product;
}

/** Training loss of one answer: −log(P(answer) + 1e-5). The small constant is the paper's. */
export function answerLoss(probability: number): number {
  return -Math.log(probability + 1e-5);
}
