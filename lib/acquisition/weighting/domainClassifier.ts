import { solvePositiveDefinite } from "../arithmetic/solvePositiveDefinite";
import type { Features } from "../diversity/features";

/**
 * The logistic regression that tells target (1) from source (0) samples, with an L2 penalty on all but its bias.
 *
 * Newton's method; the loss is convex, and a step that overshoots is halved.
 *
 * @returns one coefficient per feature, and the bias
 */
export function domainClassifier(source: Features, target: Features, penalty: number): Float64Array {
  let coefficients = new Float64Array(source.width + 1);
  let current = loss(coefficients, source, target, penalty);
  for (let round = 0; round < 100; round++) {
    const step = newtonStep(coefficients, source, target, penalty);
    let size = 1;
    let next = coefficients.map((c, j) => c - size * step[j]!);
    while (loss(next, source, target, penalty) > current * (1 + 1e-12) && size > 1e-10) {
      size /= 2;
      next = coefficients.map((c, j) => c - size * step[j]!);
    }
    coefficients = next;
    current = loss(next, source, target, penalty);
    if (step.every((s, j) => Math.abs(s) <= 1e-10 * (1 + Math.abs(next[j]!)))) break;
  }
  return coefficients;
}

function newtonStep(coefficients: Float64Array, source: Features, target: Features, penalty: number): Float64Array {
  const size = coefficients.length;
  const gradient = coefficients.map((c, j) => (j < size - 1 ? penalty * c : 0));
  const hessian = new Float64Array(size * size);
  for (let j = 0; j < size - 1; j++) hessian[j * size + j] = penalty;
  const row = new Float64Array(size).fill(1);
  for (const [domain, label] of [[source, 0], [target, 1]] as const)
    for (let i = 0; i < domain.samples; i++) {
      row.set(domain.values.subarray(i * domain.width, (i + 1) * domain.width));
      const p = 1 / (1 + Math.exp(-logit(coefficients, domain, i)));
      for (let j = 0; j < size; j++) {
        gradient[j]! += (p - label) * row[j]!;
        const scaled = p * (1 - p) * row[j]!;
        for (let k = 0; k <= j; k++) hessian[j * size + k]! += scaled * row[k]!;
      }
    }
  return solvePositiveDefinite(hessian, gradient, "domainImportance");
}

function loss(coefficients: Float64Array, source: Features, target: Features, penalty: number): number {
  let sum = 0;
  for (let j = 0; j < source.width; j++) sum += (penalty / 2) * coefficients[j]! ** 2;
  for (let i = 0; i < source.samples; i++) sum += softplus(logit(coefficients, source, i));
  for (let i = 0; i < target.samples; i++) sum += softplus(-logit(coefficients, target, i));
  return sum;
}

/** What the domain classifier says about a sample: the logarithm of the odds that it is of the target. */
export function logit(coefficients: Float64Array, { values, width }: Features, sample: number): number {
  let sum = coefficients[width]!;
  for (let j = 0; j < width; j++) sum += coefficients[j]! * values[sample * width + j]!;
  return sum;
}

/** log(1 + eᶻ) without overflow. */
function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}
