import { meanOverDraws } from "../probability/meanOverDraws";
import { asProbabilities, type Probabilities, type ProbabilityInput } from "../probability/probabilities";
import type { RandomSource } from "../random/randomSource";
import { weightedChoice } from "../random/weightedChoice";
import { argmax } from "./argmax";
import { batchCandidates, type BatchOptions } from "./batchOptions";
import { asFeatures, dot, type FeatureInput, type Features } from "./features";

/**
 * BADGE: a batch that is uncertain and diverse at once. Every sample is seen as the gradient its most likely label would
 * send to the last layer, g[i] = (onehot(argmax p[i]) − p[i]) ⊗ h[i]: long where the model is unsure, pointing elsewhere
 * where the sample is of another kind. The batch is the seeding of k-means++ on these vectors: first the longest, then
 * one at a time with probability ∝ the squared distance to the nearest already chosen.
 *
 * The outer products are never built: ‖g[i] − g[c]‖² = ‖a[i]‖²‖h[i]‖² + ‖a[c]‖²‖h[c]‖² − 2 (a[i]·a[c]) (h[i]·h[c]).
 *
 * @param p probabilities [sample, class]; where there are draws, their mean is used
 * @param embedding inputs h of the last layer [sample, width]
 * @returns the chosen samples [batchSize], in the order of choice, none twice
 * @example
 * const p = [[0.5, 0.5], [0.9, 0.1], [0.6, 0.4]];
 * badge(p, [[3, 0], [0, 1], [2, 0]], { batchSize: 1 }, randomSource(7)) // [0]
 * @throws {InputError} when shapes do not match, a number is not finite, or the batch is larger than the candidates
 * @see Ash, Zhang, Krishnamurthy, Langford, Agarwal (2020), arXiv 1906.03671, algorithm 1
 */
export function badge(p: ProbabilityInput, embedding: FeatureInput, options: BatchOptions, random: RandomSource): Int32Array {
  const gradients = gradientEmbedding(p, embedding, "badge");
  const candidates = batchCandidates(options, gradients.norms.length, "badge");
  const nearest = new Float64Array(candidates.length).fill(Infinity);
  const left = new Uint8Array(candidates.length).fill(1);
  const chosen = new Int32Array(options.batchSize);
  let position = argmax(Float64Array.from(candidates, (sample) => gradients.norms[sample]!), random);
  for (let picks = 0; ; ) {
    chosen[picks] = candidates[position]!;
    left[position] = 0;
    if (++picks === options.batchSize) return chosen;
    approach(gradients, candidates, candidates[position]!, nearest);
    nearest[position] = 0;
    // When all that is left repeats what was chosen, any of it will do.
    position = weightedChoice(nearest.some((distance) => distance > 0) ? nearest : left, random);
  }
}

/**
 * Euclidean distance of every sample's gradient embedding to that of one sample.
 *
 * @example
 * gradientDistances([[0.5, 0.5], [0.5, 0.5]], [[1, 0], [0, 1]], 0) // [0, 1]
 */
export function gradientDistances(p: ProbabilityInput, embedding: FeatureInput, centre: number): Float64Array {
  const gradients = gradientEmbedding(p, embedding, "gradientDistances");
  const samples = gradients.norms.length;
  const nearest = new Float64Array(samples).fill(Infinity);
  approach(gradients, Int32Array.from({ length: samples }, (_, i) => i), centre, nearest);
  return nearest.map(Math.sqrt);
}

/** Gradient embeddings in factors: residual ⊗ features. `norms` are squared lengths. */
interface GradientEmbedding {
  readonly residuals: Float64Array;
  readonly classes: number;
  readonly features: Features;
  readonly featureLengths: Float64Array;
  readonly norms: Float64Array;
}

function gradientEmbedding(p: ProbabilityInput, embedding: FeatureInput, caller: string): GradientEmbedding {
  const mean = meanOverDraws(asProbabilities(p, caller));
  const { classes, samples } = mean;
  const features = asFeatures(embedding, caller, samples);
  const residuals = hypothesisedResiduals(mean);
  const featureNorms = new Float64Array(samples).map((_, i) => dot(features.values, i, features.values, i, features.width));
  const norms = featureNorms.map((norm, i) => dot(residuals, i, residuals, i, classes) * norm);
  return { residuals, classes, features, featureLengths: featureNorms.map(Math.sqrt), norms };
}

/** onehot(argmax p) − p: the gradient at the logits, its sign turned, were the model's best guess the label. */
function hypothesisedResiduals({ values, samples, classes }: Probabilities): Float64Array {
  const residuals = new Float64Array(samples * classes);
  for (let row = 0; row < residuals.length; row += classes) {
    let guess = row;
    for (let at = row; at < row + classes; at++) {
      residuals[at] = -values[at]!;
      if (values[at]! > values[guess]!) guess = at;
    }
    residuals[guess]! += 1;
  }
  return residuals;
}

/** Lowers every candidate's squared distance to its nearest centre, now that `centre` is one. */
function approach(gradients: GradientEmbedding, candidates: Int32Array, centre: number, nearest: Float64Array): void {
  const { residuals, classes, features, featureLengths, norms } = gradients;
  for (let i = 0; i < candidates.length; i++) {
    const sample = candidates[i]!;
    const apart = norms[sample]! + norms[centre]!;
    const twice = 2 * dot(residuals, sample, residuals, centre, classes);
    // Cauchy–Schwarz: |h·h'| ≤ ‖h‖‖h'‖. Mostly that is enough to see that the centre is not nearer.
    if (apart - Math.abs(twice) * featureLengths[sample]! * featureLengths[centre]! >= nearest[i]!) continue;
    const distance = apart - twice * dot(features.values, sample, features.values, centre, features.width);
    if (distance < nearest[i]!) nearest[i] = Math.max(0, distance);
  }
}
