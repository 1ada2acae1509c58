import type { Question } from "../../question/question";

/**
 * The question in words, as it is put to a person.
 *
 * @example
 * questionWords({ kind: "any", class: 0, samples: [3, 5] }, ["cat", "dog"]) // "Is at least one of these 2 “cat”?"
 */
export function questionWords(question: Question, classes: readonly string[]): string {
  if (question.kind === "class") return "Which class is this?";
  const name = `“${classes[question.class]}”`;
  const { length } = question.samples;
  if (length === 1) return `Is this ${name}?`;
  return question.kind === "all" ? `Are all ${length} of these ${name}?` : `Is at least one of these ${length} ${name}?`;
}
