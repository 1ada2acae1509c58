import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import type { Oracle } from "./oracle";
import { questionKey } from "./questionKey";
import { wrongAnswer } from "./noisyOracle";

/** How an annotator tires. */
export interface Fatigue {
  /** Probability of a wrong answer when rested, from 0 to 1. Default 0. */
  readonly rested?: number;
  /** What every answer given adds to that probability, ≥ 0. */
  readonly perAnswer: number;
  /** It grows no further than this, from `rested` to 1. Default 0.5, or `rested` where that is more. */
  readonly most?: number;
  /** After so many answers there is a break, and the annotator is rested again, ≥ 1. Default: never. */
  readonly breakAfter?: number;
}

/**
 * An oracle that tires: the more answers it has given since its last break, the likelier it errs. The n-th answer of a session is
 * wrong with probability min(most, rested + perAnswer · (n − 1)): yes for no, a class for any other.
 *
 * It remembers how much it has answered, so every run needs one of its own. The random number of a question follows from the
 * question: what is answered wrongly when rested is answered wrongly when tired.
 *
 * @param classes how many classes there are
 * @throws {InputError} when a rate or the break is out of range
 * @example
 * const tiring = tiringOracle(labelOracle([0, 1], 2), { perAnswer: 1, most: 1 }, 2, randomSource(1));
 * const replies = await tiring.ask([{ kind: "class", samples: [0] }, { kind: "class", samples: [1] }]);
 * replies.map(({ answer }) => answer) // [0, 0]
 */
export function tiringOracle(oracle: Oracle, fatigue: Fatigue, classes: number, random: RandomSource): Oracle {
  const { rested = 0, perAnswer, breakAfter = Infinity } = fatigue;
  const most = fatigue.most ?? Math.max(0.5, rested);
  if (!(rested >= 0 && rested <= 1)) refuse("tiringOracle", "a rate from 0 to 1 when rested", rested);
  if (!(perAnswer >= 0 && perAnswer < Infinity)) refuse("tiringOracle", "a finite growth per answer of at least 0", perAnswer);
  if (!(most >= rested && most <= 1)) refuse("tiringOracle", `a highest rate from ${rested} to 1`, most);
  if (!(breakAfter === Infinity || (Number.isInteger(breakAfter) && breakAfter >= 1))) refuse("tiringOracle", "a break after at least one answer", breakAfter);
  let given = 0; // since the last break
  return {
    async ask(questions) {
      const replies = await oracle.ask(questions);
      return replies.map((reply, i) => {
        const rate = Math.min(most, rested + perAnswer * given);
        given = given + 1 >= breakAfter ? 0 : given + 1;
        const drawn = random.split(questionKey(questions[i]!));
        return drawn.next() < rate ? { ...reply, answer: wrongAnswer(reply.answer, classes, drawn) } : reply;
      });
    },
  };
}
