/** What a person is shown about the model she teaches. */
export interface Progress {
  /** Questions answered, those of the start included. */
  readonly answered: number;
  readonly spent: number;
  readonly budget: number;
  /** After every batch: share of its answers that the model expected, and accuracy where labels are known, from 0 to 1. */
  readonly points: readonly { readonly spent: number; readonly expected?: number; readonly accuracy?: number }[];
  /** Answers the model expected before it learned them, in all and of the last 20. */
  readonly expected: { readonly right: number; readonly of: number; readonly lately?: { readonly right: number; readonly of: number } };
  /** By kind of question: how many were answered, their median seconds, what they cost and were assumed to cost. */
  readonly kinds: readonly { readonly question: string; readonly answers: number; readonly seconds?: number; readonly cost: number; readonly assumed: number }[];
}
