/** What was asked: which class is this sample, are all of these samples of the class, is any of them? */
export type Question =
  | { readonly kind: "class"; readonly samples: readonly [number] }
  | { readonly kind: "all" | "any"; readonly class: number; readonly samples: readonly number[] };

/**
 * What the oracle said: a class index to a Class question, yes or no to All and Any,
 * or that it cannot tell, which costs its price and teaches nothing.
 */
export type Answer = number | "yes" | "no" | "cannot tell";

/** A question with its answer: what a classifier learns from. */
export interface AnsweredQuestion {
  readonly question: Question;
  readonly answer: Answer;
}

/** A labeled sample is a Class question that has been answered. */
export function labeled(sample: number, label: number): AnsweredQuestion {
  return { question: { kind: "class", samples: [sample] }, answer: label };
}
