import { batchCandidates, type BatchOptions } from "../acquisition/batchOptions";
import { requireOptions } from "../runtime/requireOptions";
import { asFeatures, type FeatureInput } from "../acquisition/diversity/features";
import { kMeansRepresentatives } from "../acquisition/diversity/kMeansRepresentatives";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { topK } from "./topK";

/** How many uncertain samples are clustered. */
export interface UncertaintyThenClusterOptions extends BatchOptions {
  /** So many times the batch size are kept for their utility, ≥ 1. Default 10; 1 is `topK`. */
  readonly factor?: number;
  /** Let utilities pull the centres towards the more useful samples; they must be ≥ 0 then. Default true. */
  readonly weighted?: boolean;
}

/**
 * The hybrid of uncertainty and diversity: first the `factor · batchSize` samples with the highest utility, then as many clusters
 * among them as the batch has places, and of each the sample nearest to its centre.
 *
 * @param utilities of the whole pool [sample]
 * @param features vectors of the whole pool [sample, width]
 * @returns the chosen samples [batchSize], none twice
 * @example
 * const features = [[0], [0.1], [5], [5.1], [99]];
 * uncertaintyThenCluster([0.9, 0.8, 0.9, 0.8, 0], features, { batchSize: 2, factor: 2 }, randomSource(7)).sort() // [0, 2]
 * @throws {InputError} when lengths differ, a number is not finite, or the batch is larger than the candidates
 * @see Zhdanov (2019), arXiv 1901.05954, algorithm 1
 */
export function uncertaintyThenCluster(utilities: ArrayLike<number>, features: FeatureInput, options: UncertaintyThenClusterOptions, random: RandomSource): Int32Array {
  requireOptions(options, "uncertaintyThenCluster");
  const { batchSize, factor = 10, weighted = true } = options;
  if (!(factor >= 1 && factor < Infinity)) refuse("uncertaintyThenCluster", "a finite factor of at least 1", factor);
  const rows = asFeatures(features, "uncertaintyThenCluster", utilities.length);
  const all = batchCandidates(options, utilities.length, "uncertaintyThenCluster");
  for (const sample of all)
    if (weighted ? !(utilities[sample]! >= 0 && utilities[sample]! < Infinity) : Number.isNaN(utilities[sample]))
      refuse("uncertaintyThenCluster", weighted ? "finite utilities of at least 0, or weighted: false" : "utilities that are numbers", utilities[sample], `sample ${sample}`);
  const kept = Math.min(all.length, Math.round(factor * batchSize));
  const candidates = topK(utilities, { batchSize: kept, candidates: all }, random);
  const weights = weighted ? Float64Array.from(candidates, (sample) => utilities[sample]!) : undefined;
  const useful = weights?.some((weight) => weight !== 0) ?? false; // weights of 0 everywhere prefer nothing
  return kMeansRepresentatives(rows, { batchSize, candidates, ...(useful ? { weights: weights! } : {}) }, random);
}
