import type { Question } from "../question/question";

/** A question in one word, the same for the same question: `"all 3 5 9"`. */
export function questionKey(question: Question): string {
  return [question.kind, ...(question.kind === "class" ? [] : [question.class]), ...question.samples].join(" ");
}
