import type { EncodedAnswers } from "./encodedAnswers";

/** The constant the paper adds inside the logarithm. */
const floor = 1e-5;

/**
 * The loss of a mini-batch of answers and its slope, dL/dlogits.
 *
 * L = Σ −log(P(answer) + 1e-5) / D, where P(answer) = outer(∏ inner(p[sample, class])), p = softmax(logits),
 * and D counts every sample shown once and every labeled sample once more.
 *
 * With u = ∏ inner(p) over the *other* samples of the question: dL/dp = ∓ u / (P + 1e-5) / D for the class asked about,
 * 0 for the others, and dL/dlogit[l] = dL/dp · p · (δ[l] − p[l]).
 *
 * @param logits row-major [row, class]: the rows of the mini-batch begin at `offset`
 * @param from first observation of the mini-batch
 * @param to the observation behind its last one
 * @param slope receives dL/dlogits at the same places
 * @param divide `"observations"`: D is the number of observations instead
 * @returns L
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, section 3
 */
export function answerLikelihood(
  logits: Float32Array,
  offset: number,
  classes: number,
  answers: EncodedAnswers,
  from: number,
  to: number,
  slope: Float32Array,
  divide: "shown" | "observations" = "shown",
): number {
  const { starts, labeled } = answers;
  const firstRow = starts[from]!;
  const rows = starts[to]! - firstRow;
  let divisor = divide === "shown" ? rows : to - from;
  if (divide === "shown") for (let o = from; o < to; o++) divisor += labeled[o]!;
  exponentials(logits, offset, rows, classes);
  let loss = 0;
  for (let o = from; o < to; o++) {
    const asked = answers.classes[o]!;
    const inner = answers.innerComplement[o]! === 1;
    const outer = answers.outerComplement[o]! === 1;
    const begin = starts[o]! - firstRow;
    const end = starts[o + 1]! - firstRow;
    let product = 1;
    for (let row = begin; row < end; row++) {
      const p = powers[row * classes + asked]! / sums[row]!;
      product *= factors[row] = inner ? 1 - p : p;
    }
    const probability = outer ? 1 - product : product;
    loss -= Math.log(probability + floor);
    const outward = (inner === outer ? -1 : 1) / (probability + floor) / divisor;
    for (let row = begin; row < end; row++) {
      const at = row * classes;
      const pull = (outward * productExcept(row, begin, end) * powers[at + asked]!) / sums[row]!;
      const push = -pull / sums[row]!;
      for (let l = 0; l < classes; l++) slope[offset + at + l] = push * powers[at + l]!;
      slope[offset + at + asked]! += pull;
    }
  }
  return loss / divisor;
}

// Working space of the mini-batch at hand: exp(logit − largest) [row, class], their sums and inner(p) by row.
let powers: Float64Array = new Float64Array(0);
let sums: Float64Array = new Float64Array(0);
let factors: Float64Array = new Float64Array(0);

/** ∏ inner(p) over the rows of a question but one. A quotient would not do: a factor may be 0. */
function productExcept(except: number, begin: number, end: number): number {
  let product = 1;
  for (let row = begin; row < end; row++) if (row !== except) product *= factors[row]!;
  return product;
}

/** Fills `powers` and `sums`, so that p = power / sum. */
function exponentials(logits: Float32Array, offset: number, rows: number, classes: number): void {
  if (sums.length < rows || powers.length < rows * classes) {
    powers = new Float64Array(2 * rows * classes);
    sums = new Float64Array(2 * rows);
    factors = new Float64Array(2 * rows);
  }
  for (let row = 0; row < rows; row++) {
    const at = row * classes;
    let largest = -Infinity;
    for (let l = 0; l < classes; l++) if (logits[offset + at + l]! > largest) largest = logits[offset + at + l]!;
    let sum = 0;
    for (let l = 0; l < classes; l++) sum += powers[at + l] = Math.exp(logits[offset + at + l]! - largest);
    sums[row] = sum;
  }
}
