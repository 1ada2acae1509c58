import type { Answer, Question } from "../question/question";
import { requireQuestion } from "../question/question";
import type { Oracle } from "./oracle";

/**
 * Answers from labels that are already known, without error: the usual oracle of a study.
 *
 * @param labels one class index per sample of the pool
 * @param classes how many classes there are
 */
export function labelOracle(labels: ArrayLike<number>, classes: number): Oracle {
  return {
    ask: (questions) =>
      Promise.resolve(
        questions.map((question) => {
          requireQuestion("labelOracle", question, { samples: labels.length, classes });
          return { answer: trueAnswer(question, labels) };
        }),
      ),
  };
}

/**
 * The true answer to a question.
 *
 * @example
 * trueAnswer({ kind: "any", class: 3, samples: [0, 2] }, [1, 3, 3]) // "yes"
 */
export function trueAnswer(question: Question, labels: ArrayLike<number>): Answer {
  if (question.kind === "class") return labels[question.samples[0]]!;
  const isClass = (sample: number) => labels[sample] === question.class;
  const holds = question.kind === "all" ? question.samples.every(isClass) : question.samples.some(isClass);
  return holds ? "yes" : "no";
}
