import type { RandomSource } from "../../random/randomSource";

/** The position of the largest number; among equals each is as likely as the others. Nothing is drawn without a tie. */
export function argmax(numbers: ArrayLike<number>, random: RandomSource): number {
  let best = 0;
  let tied = 1;
  for (let i = 1; i < numbers.length; i++) {
    if (numbers[i]! > numbers[best]!) {
      best = i;
      tied = 1;
    } else if (numbers[i]! === numbers[best]! && random.integer(++tied) === 0) best = i;
  }
  return best;
}
