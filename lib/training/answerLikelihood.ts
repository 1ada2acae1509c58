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
): number {
  const { starts, labeled } = answers;
  const firstRow = starts[from]!;
  const rows = starts[to]! - firstRow;
  let divisor = rows;
  for (let o = from; o < to; o++) divisor += labeled[o]!;
  const p = softmaxRows(logits, offset, rows, classes);
  let loss = 0;
  for (let o = from; o < to; o++) {
    const asked = answers.classes[o]!;
    const inner = answers.innerComplement[o]! === 1;
    const outer = answers.outerComplement[o]! === 1;
    const begin = starts[o]! - firstRow;
    const end = starts[o + 1]! - firstRow;
    const product = productExcept(p, classes, asked, inner, begin, end, -1);
    const probability = outer ? 1 - product : product;
    loss -= Math.log(probability + floor);
    const outward = (inner === outer ? -1 : 1) / (probability + floor) / divisor;
    for (let row = begin; row < end; row++) {
      const own = p[row * classes + asked]!;
      const pull = outward * productExcept(p, classes, asked, inner, begin, end, row) * own;
      const at = offset + row * classes;
      for (let l = 0; l < classes; l++) slope[at + l] = -pull * p[row * classes + l]!;
      slope[at + asked] = pull * (1 - own);
    }
  }
  return loss / divisor;
}

/** ∏ inner(p[row, asked]) over the rows of a question but one. */
function productExcept(p: Float64Array, classes: number, asked: number, complement: boolean, begin: number, end: number, except: number): number {
  let product = 1;
  for (let row = begin; row < end; row++) {
    if (row === except) continue;
    const own = p[row * classes + asked]!;
    product *= complement ? 1 - own : own;
  }
  return product;
}

let scratch = new Float64Array(0);

/** Soft-max in double precision, [row, class]; valid until the next call. */
function softmaxRows(logits: Float32Array, offset: number, rows: number, classes: number): Float64Array {
  if (scratch.length < rows * classes) scratch = new Float64Array(2 * rows * classes);
  for (let row = 0; row < rows; row++) {
    const at = row * classes;
    let largest = -Infinity;
    for (let l = 0; l < classes; l++) if (logits[offset + at + l]! > largest) largest = logits[offset + at + l]!;
    let sum = 0;
    for (let l = 0; l < classes; l++) sum += scratch[at + l] = Math.exp(logits[offset + at + l]! - largest);
    for (let l = 0; l < classes; l++) scratch[at + l]! /= sum;
  }
  return scratch;
}
