import type { LearnedState } from "./learnedState";

/** Why a run ended. */
export interface Stop {
  /**
   * The rule: `"plateau"`, `"lowUncertainty"`, …; `"budget"` when nothing on offer can be paid any more, `"pool"` when nothing is
   * left to ask, `"onBatch"` when whoever watches the run said so.
   */
  readonly by: string;
  /** The same in words, with the numbers that decided. */
  readonly because: string;
}

/**
 * Decides whether a run has learned enough: a pure function of all states so far, oldest first, that says why the run
 * should stop, or nothing. It is asked each time the model has learned, the first time before the first question.
 *
 * Any function of this type is a stopping rule: `(states) => (states.length > 5 ? { by: "mine", because: "five rounds" } : undefined)`.
 */
export type StoppingRule = (states: readonly LearnedState[]) => Stop | undefined;

/** The newest state. There always is one. */
export function newest(states: readonly LearnedState[]): LearnedState {
  return states.at(-1)!;
}
