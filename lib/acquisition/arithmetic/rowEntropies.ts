import { logProbability } from "./logProbability";

/** Table nodes to a power of two, and the powers of two there are nodes for: from 2⁻¹²⁷ to 1. */
const nodes = 512;
const powers = 128;
const mask = powers * nodes - 1;
const inverse = new Float64Array(powers * nodes);
for (let power = 0; power < powers; power++)
  for (let node = 0; node < nodes; node++) inverse[power * nodes + node] = 2 ** (powers - 1 - power) / (1 + node / nodes);
const logarithm = inverse.map((value) => -Math.log(value));
/** Rows to a call: V8 compiles what is called often better than a loop that is entered once and never left. */
const rowsAtOnce = 64;

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * The entropy of every row of `width` numbers, in nats: −Σ p · log(p + smoothing), with 0·log 0 = 0.
 *
 * Criteria spend their time here. A number's exponent and the first nine bits of its fraction, read off where they lie in
 * memory and rounded, name the nearest table node; four terms of log(1 + r) are the rest: a sixth of the time of `Math.log`.
 * Two numbers are worked on at a time, so that the processor need not wait for either. The table ends at 2⁻¹²⁷: smaller
 * numbers take a node of some larger power, and are so small that whatever logarithm they get is lost in rounding.
 *
 * @param values rows one after the other, from 0 to 1
 * @param smoothing from 0 to below 1
 */
export function rowEntropies(values: Float32Array | Float64Array, width: number, smoothing = 0): Float64Array {
  const entropies = new Float64Array(values.length / width);
  const quick = smoothing === 0 && littleEndian;
  const words = new Int32Array(values.buffer, values.byteOffset, values.byteLength / 4);
  for (let first = 0; first < entropies.length; first += rowsAtOnce) {
    const end = Math.min(first + rowsAtOnce, entropies.length);
    if (!quick) withLogarithms(values, width, smoothing, entropies, first, end);
    else if (values instanceof Float64Array) ofDoubles(values, words, width, entropies, first, end);
    else ofSingles(values, words, width, entropies, first, end);
  }
  return entropies;
}

/** Rows `first` to before `stop`. Of a double, the higher word holds the exponent and the first bits of the fraction. */
function ofDoubles(values: Float64Array, words: Int32Array, width: number, entropies: Float64Array, first: number, stop: number): void {
  for (let row = first, at = first * width; row < stop; row++) {
    let even = 0;
    let odd = 0;
    const end = at + width;
    for (; at + 1 < end; at += 2) {
      const p = values[at]!;
      const q = values[at + 1]!;
      const j = ((words[2 * at + 1]! + 1024) >>> 11) & mask;
      const k = ((words[2 * at + 3]! + 1024) >>> 11) & mask;
      const r = p * inverse[j]! - 1;
      const s = q * inverse[k]! - 1;
      even -= p * (logarithm[j]! + r + r * r * (-0.5 + r * (1 / 3 - 0.25 * r)));
      odd -= q * (logarithm[k]! + s + s * s * (-0.5 + s * (1 / 3 - 0.25 * s)));
    }
    if (at < end) even -= last(values[at]!, (words[2 * at++ + 1]! + 1024) >>> 11);
    entropies[row] = Math.max(0, even + odd); // a rounded probability may be just above 1
  }
}

/** As `ofDoubles`: a single's exponent counts from −127, a double's from −1023, which is the same in the bits that are kept. */
function ofSingles(values: Float32Array, words: Int32Array, width: number, entropies: Float64Array, first: number, stop: number): void {
  for (let row = first, at = first * width; row < stop; row++) {
    let even = 0;
    let odd = 0;
    const end = at + width;
    for (; at + 1 < end; at += 2) {
      const p = values[at]!;
      const q = values[at + 1]!;
      const j = ((words[at]! + 8192) >>> 14) & mask;
      const k = ((words[at + 1]! + 8192) >>> 14) & mask;
      const r = p * inverse[j]! - 1;
      const s = q * inverse[k]! - 1;
      even -= p * (logarithm[j]! + r + r * r * (-0.5 + r * (1 / 3 - 0.25 * r)));
      odd -= q * (logarithm[k]! + s + s * s * (-0.5 + s * (1 / 3 - 0.25 * s)));
    }
    if (at < end) even -= last(values[at]!, (words[at++]! + 8192) >>> 14);
    entropies[row] = Math.max(0, even + odd);
  }
}

/** The odd one out of a row. */
function last(p: number, bits: number): number {
  const node = bits & mask;
  const r = p * inverse[node]! - 1;
  return p * (logarithm[node]! + r + r * r * (-0.5 + r * (1 / 3 - 0.25 * r)));
}

function withLogarithms(values: Float32Array | Float64Array, width: number, smoothing: number, entropies: Float64Array, first: number, stop: number): void {
  for (let row = first, at = first * width; row < stop; row++) {
    let sum = 0;
    for (const end = at + width; at < end; at++) sum += values[at]! * logProbability(values[at]! + smoothing);
    entropies[row] = 0 - sum;
  }
}
