import type { Signal } from "./statistics";

const bins = 64;

/** Cosines and sines of the 64 frequencies of a window of 128, computed once. */
const cosines = Float64Array.from({ length: 128 }, (_, i) => Math.cos((2 * Math.PI * i) / 128));
const sines = Float64Array.from({ length: 128 }, (_, i) => Math.sin((2 * Math.PI * i) / 128));

/** Amplitudes of the first 64 frequencies of a window of 128: |Σ x[t] exp(−2πi f t / 128)| / 128. */
export function spectrum(x: Signal): Float64Array {
  const amplitudes = new Float64Array(bins);
  for (let f = 0; f < bins; f++) {
    let [real, imaginary] = [0, 0];
    for (let t = 0; t < 128; t++) {
      real += x[t]! * cosines[(f * t) & 127]!;
      imaginary -= x[t]! * sines[(f * t) & 127]!;
    }
    amplitudes[f] = Math.hypot(real, imaginary) / 128;
  }
  return amplitudes;
}

/** Energy in the 14 bands of the UCI features: eight of 8 bins, four of 16, two of 24. */
export function bandEnergies(amplitudes: Float64Array): number[] {
  const sum = (first: number, width: number) => amplitudes.subarray(first, first + width).reduce((total, a) => total + a * a, 0) / width;
  return [...[0, 8, 16, 24, 32, 40, 48, 56].map((first) => sum(first, 8)), ...[0, 16, 32, 48].map((first) => sum(first, 16)), ...[0, 24].map((first) => sum(first, 24))];
}

/** Mean frequency, in bins, weighted by amplitude. */
export function meanFrequency(amplitudes: Float64Array): number {
  const total = amplitudes.reduce((sum, a) => sum + a, 0);
  return total === 0 ? 0 : amplitudes.reduce((sum, a, f) => sum + a * f, 0) / total;
}
