import type { Answer } from "../question/question";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import type { Oracle } from "./oracle";
import { questionKey } from "./questionKey";

/**
 * An oracle that is wrong now and then: with probability `rate` an answer is turned into another one,
 * yes into no and no into yes, a class into any other class, all equally likely. What it cannot tell stays so.
 *
 * The random number of a question follows from the question, so it is wrong about the same ones in any order.
 *
 * @param rate probability of a wrong answer, from 0 to 1
 * @param classes how many classes there are
 * @throws {InputError} when the rate is out of range
 */
export function noisyOracle(oracle: Oracle, rate: number, classes: number, random: RandomSource): Oracle {
  if (!(rate >= 0 && rate <= 1)) refuse("noisyOracle", "a rate from 0 to 1", rate);
  return {
    async ask(questions) {
      const replies = await oracle.ask(questions);
      return replies.map((reply, i) => {
        const drawn = random.split(questionKey(questions[i]!));
        return drawn.next() < rate ? { ...reply, answer: wrongAnswer(reply.answer, classes, drawn) } : reply;
      });
    },
  };
}

/** Another answer of the same kind, all equally likely; "cannot tell" stays so. */
export function wrongAnswer(answer: Answer, classes: number, random: RandomSource): Answer {
  if (answer === "cannot tell") return answer;
  if (answer === "yes" || answer === "no") return answer === "yes" ? "no" : "yes";
  if (classes < 2) return answer;
  const other = random.integer(classes - 1);
  return other < answer ? other : other + 1;
}
