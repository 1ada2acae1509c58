import type { Answer, Question } from "../question/question";

/** What the oracle said to one question, and how long it took, where that was measured. */
export interface Reply {
  readonly answer: Answer;
  /** Seconds the answer took. */
  readonly seconds?: number;
  /** Who answered, where there are several. */
  readonly by?: string;
}

/** Whoever answers: known labels, a noisy, abstaining or timed stand-in, a person, people in Label Studio. */
export interface Oracle {
  /**
   * Answers a batch of questions.
   *
   * @returns one reply per question, in their order
   */
  ask(questions: readonly Question[]): Promise<readonly Reply[]>;
}
