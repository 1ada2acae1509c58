import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { questionKey } from "./questionKey";
import type { Oracle } from "./oracle";

/**
 * An oracle that cannot tell now and then, with probability `rate` for every question.
 *
 * @param rate from 0 to 1
 * @throws {InputError} when the rate is out of range
 */
export function abstainingOracle(oracle: Oracle, rate: number, random: RandomSource): Oracle {
  if (!(rate >= 0 && rate <= 1)) refuse("abstainingOracle", "a rate from 0 to 1", rate);
  return {
    async ask(questions) {
      const replies = await oracle.ask(questions);
      return replies.map((reply, i) => (random.split(questionKey(questions[i]!)).next() < rate ? { ...reply, answer: "cannot tell" } : reply));
    },
  };
}
