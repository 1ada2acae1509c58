import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type Probabilities, type ProbabilityInput } from "../../probability/probabilities";
import type { RandomSource } from "../../random/randomSource";
import { argmax } from "../arithmetic/argmax";
import { batchCandidates, type BatchOptions } from "../batchOptions";
import { requireIndices } from "../../runtime/requireIndices";
import { distanceSampling } from "./distanceSampling";
import { dot } from "../arithmetic/dot";
import { asFeatures, type FeatureInput } from "./features";

/**
 * BADGE: a batch that is uncertain and diverse at once. Every sample is seen as the gradient its most likely label would
 * send to the last layer, g[i] = (onehot(argmax p[i]) − p[i]) ⊗ h[i]: long where the model is unsure, pointing elsewhere
 * where the sample is of another kind. The batch is the seeding of k-means++ on these vectors: first the longest, then
 * one at a time with probability ∝ the squared distance to the nearest already chosen.
 *
 * The outer products are never built: ‖g[i] − g[c]‖² = ‖a[i]‖²‖h[i]‖² + ‖a[c]‖²‖h[c]‖² − 2 (a[i]·a[c]) (h[i]·h[c]).
 *
 * @param p probabilities [sample, class]; where there are draws, their mean is used; of equally likely classes the first is the guess
 * @param embedding inputs h of the last layer [sample, width]
 * @returns the chosen samples [batchSize], in the order of choice, none twice
 * @example
 * const p = [[0.5, 0.5], [0.9, 0.1], [0.6, 0.4]];
 * badge(p, [[3, 0], [0, 1], [2, 0]], { batchSize: 1 }, randomSource(7)) // [0]
 * @throws {InputError} when shapes do not match, a number is not finite, or the batch is larger than the candidates
 * @see Ash, Zhang, Krishnamurthy, Langford, Agarwal (2020), arXiv 1906.03671, algorithm 1
 */
export function badge(p: ProbabilityInput, embedding: FeatureInput, options: BatchOptions, random: RandomSource): Int32Array {
  const { norms, squaredDistance } = gradientEmbedding(p, embedding, "badge");
  const candidates = batchCandidates(options, norms.length, "badge");
  const seeds = distanceSampling(
    {
      items: candidates.length,
      first: argmax(Float64Array.from(candidates, (sample) => norms[sample]!), random),
      count: options.batchSize,
      squaredDistance: (item, seed) => squaredDistance(candidates[item]!, candidates[seed]!),
    },
    random,
  );
  return seeds.map((item) => candidates[item]!);
}

/**
 * Euclidean distance of every sample's gradient embedding to that of one sample.
 *
 * @example
 * gradientDistances([[0.5, 0.5], [0.5, 0.5]], [[1, 0], [0, 1]], 0) // [0, 1]
 * @throws {InputError} when shapes do not match, a number is not finite, or there is no such sample
 */
export function gradientDistances(p: ProbabilityInput, embedding: FeatureInput, sample: number): Float64Array {
  const { norms, squaredDistance } = gradientEmbedding(p, embedding, "gradientDistances");
  requireIndices([sample], norms.length, "gradientDistances");
  return norms.map((_, other) => Math.sqrt(squaredDistance(other, sample)));
}

/** Gradient embeddings by their squared lengths and squared distances; the vectors themselves stay in two factors. */
interface GradientEmbedding {
  readonly norms: Float64Array;
  squaredDistance(a: number, b: number): number;
}

function gradientEmbedding(p: ProbabilityInput, embedding: FeatureInput, caller: string): GradientEmbedding {
  const mean = meanOverDraws(asProbabilities(p, caller));
  const { classes, samples } = mean;
  const { values, width } = asFeatures(embedding, caller, samples);
  const residuals = hypothesisedResiduals(mean);
  const product = (a: number, b: number) => dot(residuals, a, residuals, b, classes) * dot(values, a, values, b, width);
  const norms = new Float64Array(samples).map((_, i) => product(i, i));
  const squaredDistance = (a: number, b: number) => {
    const lengths = norms[a]! + norms[b]!;
    const squared = lengths - 2 * product(a, b);
    return squared > cancelling * lengths ? squared : ofNeighbours(residuals, classes, values, width, a, b);
  };
  return { norms, squaredDistance };
}

/** Where a squared distance is less than this share of the squared lengths, their difference has lost its digits. */
const cancelling = 1e-6;

/** ‖r ⊗ h − s ⊗ k‖² of gradients that are nearly the same, sample a's r ⊗ h and sample b's s ⊗ k: with d = r − s and e = h − k it is ‖d‖²‖h‖² + ‖s‖²‖e‖² + 2 (d·s)(h·e). */
function ofNeighbours(residuals: Float64Array, classes: number, values: Float32Array | Float64Array, width: number, a: number, b: number): number {
  let [dd, ds, he, ee] = [0, 0, 0, 0];
  for (let l = 0; l < classes; l++) {
    const d = residuals[a * classes + l]! - residuals[b * classes + l]!;
    dd += d * d;
    ds += d * residuals[b * classes + l]!;
  }
  for (let j = 0; j < width; j++) {
    const e = values[a * width + j]! - values[b * width + j]!;
    ee += e * e;
    he += e * values[a * width + j]!;
  }
  return Math.max(0, dd * dot(values, a, values, a, width) + dot(residuals, b, residuals, b, classes) * ee + 2 * ds * he);
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
