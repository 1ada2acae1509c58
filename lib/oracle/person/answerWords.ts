import type { Answer } from "../../question/question";

/**
 * An answer in words: the name of the class, yes, no, or that nobody could tell.
 *
 * @example
 * answerWords(1, ["cat", "dog"]) // "dog"
 */
export function answerWords(answer: Answer, classes: readonly string[]): string {
  return typeof answer === "number" ? classes[answer]! : answer;
}
