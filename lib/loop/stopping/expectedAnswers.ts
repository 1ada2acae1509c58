import { refuse } from "../../runtime/refuse";
import type { StoppingRule } from "./stoppingRule";

/** When a model has nothing left to be surprised by. */
export interface ExpectedAnswersOptions {
  /** Looks at the last so many answers, ≥ 1. Default 20. */
  readonly last?: number;
  /** Stop when the model expected at least this share of them, above 0, at most 1. Default 0.9. */
  readonly share?: number;
}

/**
 * Stops when the model expected the answers it got (selected accuracy): at least a `share` of the `last` ones that told
 * something. They are the hardest questions it could find, so its accuracy elsewhere is usually higher. Needs no labels beyond
 * those bought.
 *
 * @example
 * expectedAnswers({ last: 20, share: 0.9 })([]) // undefined
 * @throws {InputError} when an option is out of range
 * @see Zhu, Wang, Hovy (2008), Multi-criteria-based strategy to stop active learning for data annotation
 */
export function expectedAnswers(options: ExpectedAnswersOptions = {}): StoppingRule {
  const { last = 20, share = 0.9 } = options;
  if (!Number.isInteger(last) || last < 1) refuse("expectedAnswers", "at least one answer", last);
  if (!(share > 0 && share <= 1)) refuse("expectedAnswers", "a share above 0 and at most 1", share);
  return (states) => {
    const told = states.flatMap(({ asked }) => asked.filter(({ answer }) => answer !== "cannot tell")).slice(-last);
    const right = told.filter(({ answer, expected }) => answer === expected).length;
    if (told.length < last || right < share * last - 1e-9) return undefined;
    return { by: "expectedAnswers", because: `the model expected ${right} of the last ${last} answers` };
  };
}
