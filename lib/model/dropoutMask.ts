import type { RandomSource } from "../random/randomSource";

/**
 * Fills part of an array with a dropout mask: 0 with probability `rate`, else 1 / (1 − rate).
 *
 * A rate that is a multiple of 2⁻ᵇ needs only b random bits per value: one for 0.5, two for 0.25.
 *
 * @param rate in [0, 1); exact to 2⁻³²
 */
export function fillDropoutMask(mask: Float32Array, start: number, end: number, rate: number, random: RandomSource): void {
  const width = [1, 2, 4, 8, 16].find((bits) => Number.isInteger(rate * 2 ** bits)) ?? 32;
  const dropped = Math.round(rate * 2 ** width);
  const kept = 1 / (1 - rate);
  if (width === 32) {
    for (let at = start; at < end; at++) mask[at] = random.bits() >>> 0 < dropped ? 0 : kept;
    return;
  }
  const values = Float32Array.from({ length: 1 << width }, (_, drawn) => (drawn < dropped ? 0 : kept));
  const low = values.length - 1;
  const perWord = 32 / width;
  for (let at = start; at < end; ) {
    let word = random.bits();
    for (const stop = Math.min(end, at + perWord); at < stop; at++) {
      mask[at] = values[word & low]!;
      word >>>= width;
    }
  }
}
