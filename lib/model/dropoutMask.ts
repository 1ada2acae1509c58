import type { RandomSource } from "../random/randomSource";

/**
 * Multiplies part of an array by a dropout mask: by 0 with probability `rate`, else by 1 / (1 − rate).
 *
 * A rate that is a multiple of 2⁻ᵇ needs only b random bits per value: one for 0.5, two for 0.25.
 *
 * @param rate in [0, 1); exact to 2⁻³²
 */
export function dropValues(values: Float32Array, start: number, end: number, rate: number, random: RandomSource): void {
  const width = [1, 2, 4, 8, 16].find((bits) => Number.isInteger(rate * 2 ** bits)) ?? 32;
  const dropped = Math.round(rate * 2 ** width);
  const kept = 1 / (1 - rate);
  if (width > 8) {
    const shift = 32 - width;
    for (let at = start; at < end; at++) values[at]! *= random.bits() >>> shift < dropped ? 0 : kept;
    return;
  }
  const factors = Float64Array.from({ length: 1 << width }, (_, drawn) => (drawn < dropped ? 0 : kept));
  const low = factors.length - 1;
  for (let at = start; at < end; ) {
    let word = random.bits();
    for (const stop = Math.min(end, at + 32 / width); at < stop; at++) {
      values[at]! *= factors[word & low]!;
      word >>>= width;
    }
  }
}
