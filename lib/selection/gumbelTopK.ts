import type { RandomSource } from "../random/randomSource";
import { bestSoFar } from "./bestSoFar";

/**
 * Draws places one after the other, without replacement, with probability ∝ exp(logWeight): the largest of
 * logWeight − log(−log u), u uniform, are distributed like that.
 *
 * @param logWeights −Infinity for weight 0: such places come last, in random order
 * @see Kool, van Hoof, Welling (2019), arXiv 1903.06059, section 2.3
 */
export function gumbelTopK(logWeights: Float64Array, count: number, random: RandomSource): Int32Array {
  const best = bestSoFar(count, random);
  logWeights.forEach((logWeight, place) => best.offer(place, logWeight - Math.log(-Math.log(random.next()))));
  return best.inOrder().samples;
}
