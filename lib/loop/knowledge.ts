import type { Reply } from "../oracle/oracle";
import type { AnsweredQuestion } from "../question/question";
import type { Choice, Untold } from "../selection/chooseQuestion";

/** What a run has learned from: labels and answers; and which samples it has seen. */
export interface Knowledge {
  readonly observations: readonly AnsweredQuestion[];
  /** Samples labeled at the start or shown in a question, in that order. */
  readonly known: readonly number[];
  /** Samples that the oracle could not tell about, by the kind of question: they are not shown in it again. */
  readonly untold: Untold;
  /** Samples never shown, or shown in vain to an oracle that could not tell; ascending. */
  unshown(): Int32Array;
  /** Takes the question's samples out of what may be shown. */
  show(choice: Choice): void;
  learn(choice: Choice, reply: Reply): void;
}

/** Starts with what was answered before the first question, usually the labels of a few random samples. */
export function startKnowledge(poolSize: number, initial: readonly AnsweredQuestion[]): Knowledge {
  const observations: AnsweredQuestion[] = [];
  const known = initial.flatMap(({ question }) => question.samples);
  const untold = { class: new Set<number>(), all: new Set<number>(), any: new Set<number>() };
  const seen = new Uint8Array(poolSize);
  for (const sample of known) seen[sample] = 1;
  initial.forEach(learn);
  return {
    observations,
    known,
    untold,
    unshown() {
      const left = new Int32Array(poolSize);
      let count = 0;
      for (let sample = 0; sample < poolSize; sample++) if (seen[sample] === 0) left[count++] = sample;
      return left.subarray(0, count);
    },
    show({ question }) {
      known.push(...question.samples);
      for (const sample of question.samples) seen[sample] = 1;
    },
    learn: ({ question }, { answer }) => learn({ question, answer }),
  };

  function learn({ question, answer }: AnsweredQuestion): void {
    if (answer !== "cannot tell") return void observations.push({ question, answer });
    for (const sample of question.samples) {
      untold[question.kind].add(sample);
      seen[sample] = 0;
    }
  }
}
