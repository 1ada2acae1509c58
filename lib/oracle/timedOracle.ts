import type { Question } from "../question/question";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { questionKey } from "./questionKey";
import type { Oracle } from "./oracle";

/**
 * An oracle whose answers cost time, as a person's do: log-normal seconds around a typical value.
 * Nobody waits; the seconds are only told.
 *
 * @param typical median seconds of an answer to the question, > 0
 * @param spread standard deviation of the logarithm of the seconds, ≥ 0; 0 for always the typical ones
 * @throws {InputError} when either is out of range
 */
export function timedOracle(oracle: Oracle, typical: (question: Question) => number, spread: number, random: RandomSource): Oracle {
  if (!(spread >= 0 && spread < Infinity)) refuse("timedOracle", "a finite spread of at least 0", spread);
  return {
    async ask(questions) {
      const replies = await oracle.ask(questions);
      return replies.map((reply, i) => {
        const median = typical(questions[i]!);
        if (!(median > 0 && median < Infinity)) refuse("timedOracle", "finite seconds above 0", median, questionKey(questions[i]!));
        return { ...reply, seconds: median * Math.exp(spread * random.split(questionKey(questions[i]!)).normal()) };
      });
    },
  };
}
