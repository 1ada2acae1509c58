import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { refuse } from "../runtime/refuse";

/**
 * A seeded stream of random numbers. Every random step of almq takes one as an argument:
 * the same source gives the same numbers on every machine.
 */
export interface RandomSource {
  /** The path of seeds that leads to this source, e.g. `"7/replicate 3/split"`. */
  readonly path: string;
  /** The next number, uniform in [0, 1), a multiple of 2⁻⁵³. */
  next(): number;
  /** The next 32 random bits, as a signed integer. */
  bits(): number;
  /** The next integer, uniform in 0 … `bound` − 1, without bias. */
  integer(bound: number): number;
  /** The next number from the normal distribution with mean 0 and standard deviation 1. */
  normal(): number;
  /**
   * A source of its own for a part of the work. It depends on the seed and the label only,
   * not on how many numbers were drawn before, so parts may run in any order.
   */
  split(label: string | number): RandomSource;
}

/**
 * Makes a random source (xoroshiro128+, state from the SHA-256 of the seed).
 *
 * @param seed any number or text; equal seeds give equal streams
 * @example
 * const random = randomSource(7);
 * random.integer(10) === randomSource(7).integer(10); // true
 */
export function randomSource(seed: number | string): RandomSource {
  if (typeof seed === "number" && !Number.isFinite(seed)) refuse("randomSource", "a finite seed", seed);
  return sourceAt(String(seed));
}

function sourceAt(path: string): RandomSource {
  const digest = createHash("sha256").update(path).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((byte) => digest.readInt32LE(byte)));
  const next = () => uniformFloat64(generator);
  let spare: number | undefined; // the Box–Muller transform makes two at a time
  return {
    path,
    next,
    bits: () => generator.next(),
    integer: (bound) => {
      if (!Number.isInteger(bound) || bound < 1) refuse("RandomSource.integer", "a bound of at least 1", bound);
      return uniformInt(generator, 0, bound - 1);
    },
    normal: () => {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const angle = 2 * Math.PI * next();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    split: (label) => sourceAt(`${path}/${label}`),
  };
}
