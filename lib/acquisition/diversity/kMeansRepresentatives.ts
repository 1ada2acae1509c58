import type { RandomSource } from "../../random/randomSource";
import { batchCandidates, type BatchOptions } from "../batchOptions";
import { squaredDistance } from "./distance";
import { asFeatures, rowsOf, type FeatureInput, type Features } from "./features";
import { checkedWeights, kMeans, type Clustering } from "./kMeans";
import { tieBreaker } from "../arithmetic/tieBreaker";

/** What counts as typical. */
export interface RepresentativesOptions extends BatchOptions {
  /** How much each candidate counts, in the order of the candidates, from 0 to 1e100, e.g. its uncertainty; 0 is chosen when nothing else is left. Default 1 each. */
  readonly weights?: ArrayLike<number>;
}

/**
 * Representatives by k-means: as many clusters as the batch has places, and of each the sample nearest to its centre.
 *
 * @param features vectors of the whole pool [sample, width], e.g. the embedding of a model
 * @returns the chosen samples [batchSize], one of each cluster, none twice
 * @example
 * kMeansRepresentatives([[0], [1], [2], [90], [91], [92]], { batchSize: 2 }, randomSource(7)).sort() // [1, 4]
 * @throws {InputError} when a number is not finite, or the batch is larger than the candidates
 * @see Bodó, Minier, Csató (2011), Active learning with clustering; Zhdanov (2019), arXiv 1901.05954, section 3 (weights)
 */
export function kMeansRepresentatives(features: FeatureInput, options: RepresentativesOptions, random: RandomSource): Int32Array {
  const pool = asFeatures(features, "kMeansRepresentatives");
  const candidates = batchCandidates(options, pool.samples, "kMeansRepresentatives");
  const rows = rowsOf(pool, candidates);
  const weights = checkedWeights(options.weights, rows.samples, "kMeansRepresentatives");
  const clustering = kMeans(rows, { clusters: options.batchSize, weights }, random);
  return nearestToCentres(rows, clustering, weights, tieBreaker(random)).map((row) => candidates[row]!);
}

/** Of each cluster the row nearest to its centre; where equal rows left a cluster empty, the nearest row not yet taken. Rows of weight 0 come last. */
function nearestToCentres({ values, width, samples }: Features, { centres, assignment }: Clustering, weights: Float64Array, rank: (row: number) => number): Int32Array {
  const taken = new Set<number>();
  const nearest = (cluster: number, mayBe: (row: number) => boolean) => {
    let best = -1;
    let least = Infinity;
    for (let row = 0; row < samples; row++) {
      if (!mayBe(row)) continue;
      const distance = squaredDistance(values, row, centres, cluster, width);
      if (distance < least || (distance === least && rank(row) < rank(best))) [best, least] = [row, distance];
    }
    if (best >= 0) taken.add(best);
    return best;
  };
  const clusters = Int32Array.from({ length: centres.length / width }, (_, cluster) => cluster);
  const ofMembers = clusters.map((cluster) => nearest(cluster, (row) => assignment[row] === cluster && weights[row]! > 0));
  const worthIt = ofMembers.map((row, cluster) => (row >= 0 ? row : nearest(cluster, (other) => !taken.has(other) && weights[other]! > 0)));
  return worthIt.map((row, cluster) => (row >= 0 ? row : nearest(cluster, (other) => !taken.has(other))));
}
