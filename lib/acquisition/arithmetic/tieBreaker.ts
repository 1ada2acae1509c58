import type { RandomSource } from "../../random/randomSource";

/**
 * A random order among equals that does not depend on where they stand: every index gets 32 bits of its own, which only
 * the seed decides, and the smaller comes first. One number is drawn from `random`, whether there are ties or not.
 */
export function tieBreaker(random: RandomSource): (index: number) => number {
  const salt = random.bits();
  return (index) => {
    let bits = Math.imul(index ^ salt, 0x9e3779b1); // the finishing steps of MurmurHash3
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return (bits ^ (bits >>> 16)) >>> 0;
  };
}
