import { requireOptions } from "../runtime/requireOptions";
import { coreSet } from "../acquisition/diversity/coreSet";
import { facilityLocation } from "../acquisition/diversity/facilityLocation";
import { asFeatures, type FeatureInput, type Features } from "../acquisition/diversity/features";
import { kMeansRepresentatives } from "../acquisition/diversity/kMeansRepresentatives";
import { typiClust } from "../acquisition/diversity/typiClust";
import type { RandomSource } from "../random/randomSource";
import { drawWithoutReplacement } from "../random/shuffle";
import { refuse } from "../runtime/refuse";

/** How the first samples are chosen, when there is no model to ask. */
export interface ColdStartOptions {
  /**
   * - `"random"`: every sample equally likely. As the pool is, so is the start, by and large.
   * - `"cluster"`: k-means with one cluster per label, and of each the sample nearest to its centre.
   * - `"typical"`: TypiClust, of each cluster the sample in its densest part.
   * - `"representative"`: facility location, so that every sample has a near one in the start.
   * - `"spread"`: core-set, so that no sample is far from the start; it begins with outliers.
   */
  readonly rule: "random" | "cluster" | "typical" | "representative" | "spread";
  /** Samples to label first, from 1 to the size of the pool; 5 to 10 per class is a rule of thumb. */
  readonly size: number;
}

type Rule = (features: Features, size: number, random: RandomSource) => ArrayLike<number>;

const rules: Readonly<Record<ColdStartOptions["rule"], Rule>> = {
  random: ({ samples }, size, random) => drawWithoutReplacement(Int32Array.from({ length: samples }, (_, i) => i), size, random),
  cluster: (features, batchSize, random) => kMeansRepresentatives(features, { batchSize }, random),
  typical: (features, batchSize, random) => typiClust(features, { batchSize }, random),
  representative: (features, batchSize, random) => facilityLocation(features, { batchSize }, random),
  spread: (features, batchSize, random) => coreSet(features, { batchSize }, random),
};

/**
 * Chooses the samples to label first, from their features alone: nothing is labeled, and there is no model yet. Where labels
 * are known, as in a study, `balancedInitialSet` takes equally many of every class.
 *
 * @param features vectors of the whole pool [sample, width], e.g. an `Embedding` of a pretrained model
 * @returns the samples to label, none twice
 * @example
 * coldStart([[0], [1], [2], [90], [91], [92]], { rule: "cluster", size: 2 }, randomSource(7)).sort((a, b) => a - b) // [1, 4]
 * @throws {InputError} for a rule that is none, a size that the pool does not have, or a feature that is not finite
 */
export function coldStart(features: FeatureInput, options: ColdStartOptions, random: RandomSource): number[] {
  requireOptions(options, "coldStart");
  const { rule, size } = options;
  const rows = asFeatures(features, "coldStart");
  if (!Object.hasOwn(rules, rule)) refuse("coldStart", `a rule of ${Object.keys(rules).join(", ")}`, rule);
  if (!Number.isInteger(size) || size < 1 || size > rows.samples) refuse("coldStart", `a size from 1 to ${rows.samples}`, size);
  return Array.from(rules[rule](rows, size, random));
}
