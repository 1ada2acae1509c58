import type { RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import { argmax } from "../arithmetic/argmax";
import { distinct } from "../../runtime/requireIndices";
import { requireOptions } from "../../runtime/requireOptions";
import { unlabeledCandidates, type BatchOptions } from "../batchOptions";
import { squaredDistance } from "./distance";
import { asFeatures, type FeatureInput, type Features } from "./features";
import { kMeans } from "./kMeans";

/** What is known, and what counts as typical. */
export interface TypiClustOptions extends BatchOptions {
  /** Samples that already have a label. Default none. */
  readonly labeled?: ArrayLike<number>;
  /** Typicality looks at this many nearest neighbours in the same cluster, ≥ 1. Default 20. */
  readonly neighbours?: number;
  /** At most this many clusters, ≥ 1. Default 500. */
  readonly maxClusters?: number;
}

/**
 * TypiClust: for the very first labels, the most typical sample of every cluster that has no label yet.
 *
 * The pool falls into min(labeled + batch, maxClusters) clusters by k-means. Each pick is from the cluster with the fewest
 * labels, the largest among them, and there the sample with the highest typicality:
 * t[i] = 1 / (mean distance to the `neighbours` nearest samples of its cluster).
 *
 * Time: k-means over the whole pool, samples · clusters · width a round; then for each pick the square of the size of its cluster.
 *
 * @param features vectors of the whole pool [sample, width], best from self-supervised learning
 * @returns the chosen samples [batchSize], in the order of choice, none twice
 * @example
 * typiClust([[0], [1], [2], [90], [91], [92], [93], [94]], { batchSize: 2 }, randomSource(7)) // [5, 1]
 * @throws {InputError} when a number is not finite, an index is no sample, or the batch is larger than the candidates
 * @see Hacohen, Dekel, Weinshall (2022), arXiv 2202.02794, algorithm 1 and equation 4
 */
export function typiClust(features: FeatureInput, options: TypiClustOptions, random: RandomSource): Int32Array {
  requireOptions(options, "typiClust");
  const { batchSize, neighbours = 20, maxClusters = 500 } = options;
  if (!Number.isInteger(neighbours) || neighbours < 1) refuse("typiClust", "at least one neighbour", neighbours);
  if (!Number.isInteger(maxClusters) || maxClusters < 1) refuse("typiClust", "at least one cluster", maxClusters);
  const rows = asFeatures(features, "typiClust");
  const labeled = distinct(options.labeled ?? [], rows.samples, "typiClust");
  const candidates = unlabeledCandidates(options, labeled, rows.samples, "typiClust");
  const clusters = Math.min(labeled.length + batchSize, maxClusters, rows.samples);
  const { assignment } = kMeans(rows, { clusters }, random);
  const members = groups(assignment, clusters);
  const labels = groups(assignment, clusters, labeled).map((samples) => samples.length);
  const left = groups(assignment, clusters, candidates);
  return Int32Array.from({ length: batchSize }, () => {
    const cluster = poorest(labels, members, left, random);
    const typical = left[cluster]!.map((sample) => -meanNeighbourDistance(rows, sample, members[cluster]!, neighbours));
    const [chosen] = left[cluster]!.splice(argmax(typical, random), 1);
    labels[cluster]!++;
    return chosen!;
  });
}

/** The samples of every cluster: all of them, or of those given. */
function groups(assignment: Int32Array, clusters: number, samples: Iterable<number> = assignment.keys()): number[][] {
  const members = Array.from({ length: clusters }, (): number[] => []);
  for (const sample of samples) members[assignment[sample]!]!.push(sample);
  return members;
}

/** Of the clusters with a candidate left: fewest labels, then most members, then the seed. */
function poorest(labels: readonly number[], members: readonly number[][], left: readonly number[][], random: RandomSource): number {
  const open = [...left.keys()].filter((cluster) => left[cluster]!.length > 0);
  const fewest = open.reduce((least, cluster) => Math.min(least, labels[cluster]!), Infinity);
  const poor = open.filter((cluster) => labels[cluster] === fewest);
  return poor[argmax(poor.map((cluster) => members[cluster]!.length), random)]!;
}

function meanNeighbourDistance({ values, width }: Features, sample: number, members: readonly number[], neighbours: number): number {
  const distances = Float64Array.from(members, (other) => Math.sqrt(squaredDistance(values, sample, values, other, width))).sort();
  const nearest = distances.subarray(1, 1 + Math.min(neighbours, members.length - 1)); // the first is the sample itself
  return nearest.length === 0 ? 0 : nearest.reduce((sum, distance) => sum + distance, 0) / nearest.length;
}
