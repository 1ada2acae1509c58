import type { AnsweredQuestion } from "./question";

/**
 * How many samples of every class the answers have labeled: a class given to a Class question, and a yes to All,
 * which labels every sample shown. The other answers say less than a label and count for none.
 *
 * @returns counts [class]
 * @example
 * const yes = { question: { kind: "all", class: 1, samples: [4, 7] }, answer: "yes" } as const;
 * labelsPerClass([labeled(3, 0), yes], 3) // [1, 2, 0]
 */
export function labelsPerClass(answered: readonly AnsweredQuestion[], classes: number): Int32Array {
  const counts = new Int32Array(classes);
  for (const { question, answer } of answered) {
    if (typeof answer === "number") counts[answer]!++;
    else if (question.kind === "all" && answer === "yes") counts[question.class]! += question.samples.length;
  }
  return counts;
}
