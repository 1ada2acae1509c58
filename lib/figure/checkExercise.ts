import { showText } from "./show";

/** What a notebook knows about an exercise. */
export interface Exercise<T> {
  /** Whether an answer is right. */
  readonly right: (answer: T) => boolean;
  /** Said of a right answer: why it is one. */
  readonly because: string;
  /** Wrong answers that people come to; the first that fits is said. Default none. */
  readonly mistakes?: readonly Mistake<T>[];
  /** Said of any other wrong answer: where to look. */
  readonly hint: string;
}

/** A wrong answer, recognised. */
export interface Mistake<T> {
  readonly when: (answer: T) => boolean;
  /** What went wrong, and how to mend it. */
  readonly say: string;
}

/**
 * Says in a notebook whether an exercise is solved: a right answer is confirmed, a wrong one is told what is wrong with it,
 * and `undefined` has not been answered yet. It never throws, so that a notebook with open exercises runs to its end.
 *
 * @param answer the reader's own: a number, a list, a function; `undefined` as long as there is none
 * @example
 * checkExercise(0.4, { right: (u: number) => u === 0.4, because: "1 − 0.6.", hint: "Which probability is the largest?" }) // undefined
 */
export function checkExercise<T>(answer: T | undefined, exercise: Exercise<T>): void {
  showText(verdict(answer, exercise));
}

function verdict<T>(answer: T | undefined, { right, because, mistakes = [], hint }: Exercise<T>): string {
  if (answer === undefined) return "*Not answered yet.* Put your answer in place of `undefined`, run that cell, and then this one.";
  try {
    if (right(answer)) return `**Right.** ${because}`;
    const mistake = mistakes.find(({ when }) => when(answer));
    return `**Not yet.** ${mistake?.say ?? hint}`;
  } catch (error) {
    return `**Not yet.** Your answer fails: ${error instanceof Error ? error.message : String(error)}`;
  }
}
