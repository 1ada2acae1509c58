import { refuse } from "../../runtime/refuse";
import { asFeatures, type FeatureInput, type Features } from "../diversity/features";
import { solvePositiveDefinite } from "../arithmetic/solvePositiveDefinite";

/** How the domain classifier is held back. */
export interface DomainImportanceOptions {
  /** L2 penalty λ of the domain classifier, > 0: it minimises Σ log-loss + λ/2 ‖w‖² (no penalty on its bias). Default 1. */
  readonly penalty?: number;
}

/**
 * Importance for domain adaptation: how much more common samples like this are in the target domain than in the source
 * domain, where the labels are. Multiply a criterion's utilities by it to ask about what the source cannot teach.
 *
 * r[i] = p_target(x[i]) / p_source(x[i]) ≈ (n_source / n_target) · exp(w·x[i] + b), with (w, b) the logistic regression that tells
 * target (1) from source (0) samples.
 *
 * @param source vectors of the source domain [sample, width]
 * @param target vectors of the target domain [sample, width], the same features
 * @returns importance of every target sample, > 0, 1 = as common in both
 * @example
 * domainImportance([[0], [1], [2], [3]], [[2], [3], [4], [5]]) // [0.64, 1.56, 3.81, 9.28]
 * @throws {InputError} when widths differ, a number is not finite, or the penalty is not positive
 * @see Sugiyama, Suzuki, Kanamori (2012), Density ratio estimation in machine learning, section 4.2; Su et al. (2020), arXiv 1904.07848, equation 6
 */
export function domainImportance(source: FeatureInput, target: FeatureInput, options: DomainImportanceOptions = {}): Float64Array {
  const { penalty = 1 } = options;
  if (!(penalty > 0 && penalty < Infinity)) refuse("domainImportance", "a finite penalty above 0", penalty);
  const here = asFeatures(source, "domainImportance");
  const there = asFeatures(target, "domainImportance");
  if (there.width !== here.width) refuse("domainImportance", `target samples of ${here.width} features`, there.width);
  const coefficients = domainClassifier(here, there, penalty);
  const odds = here.samples / there.samples;
  return Float64Array.from({ length: there.samples }, (_, i) => odds * Math.exp(logit(coefficients, there, i)));
}

/** Newton's method; the loss is convex, and a step that overshoots is halved. The last coefficient is the bias. */
function domainClassifier(source: Features, target: Features, penalty: number): Float64Array {
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
  return solvePositiveDefinite(hessian, gradient);
}

function loss(coefficients: Float64Array, source: Features, target: Features, penalty: number): number {
  let sum = 0;
  for (let j = 0; j < source.width; j++) sum += (penalty / 2) * coefficients[j]! ** 2;
  for (let i = 0; i < source.samples; i++) sum += softplus(logit(coefficients, source, i));
  for (let i = 0; i < target.samples; i++) sum += softplus(-logit(coefficients, target, i));
  return sum;
}

function logit(coefficients: Float64Array, { values, width }: Features, sample: number): number {
  let sum = coefficients[width]!;
  for (let j = 0; j < width; j++) sum += coefficients[j]! * values[sample * width + j]!;
  return sum;
}

/** log(1 + eᶻ) without overflow. */
function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}
