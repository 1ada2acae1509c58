import type { RandomSource } from "../../random/randomSource";
import { lazyArgmax } from "../arithmetic/lazyArgmax";
import { distinct } from "../../runtime/requireIndices";
import { requireOptions } from "../../runtime/requireOptions";
import { unlabeledCandidates, type BatchOptions } from "../batchOptions";
import { squaredDistance } from "./distance";
import { asFeatures, type FeatureInput, type Features } from "./features";
import { refuse } from "../../runtime/refuse";

/** What is known, and whom the batch stands for. */
export interface FacilityLocationOptions extends BatchOptions {
  /** Samples that already have a label: they stand for their neighbours from the start. Default none. */
  readonly labeled?: ArrayLike<number>;
  /** Samples that the batch is to stand for: a random part keeps it quick on a large pool. Default: every sample. */
  readonly reference?: ArrayLike<number>;
}

/**
 * Facility location: the batch that stands for the pool, so that samples are near one of its members at the mean. Where
 * core-set looks at the farthest sample and so picks outliers, this looks at all of them and picks middles.
 *
 * Greedy: next = argmaxⱼ Σᵢ max(0, near[i] − d(i, j)), near[i] the distance from i to the nearest labeled sample or earlier pick;
 * the first pick of all is the sample with the smallest mean distance. Gains only shrink, so old ones are bounds (see `lazyArgmax`).
 *
 * @param features vectors of the whole pool [sample, width]
 * @returns the chosen samples [batchSize], in the order of choice, none twice
 * @example
 * facilityLocation([[0], [1], [2], [90], [91], [92], [93]], { batchSize: 2 }, randomSource(7)) // [3, 1]
 * @throws {InputError} when a number is not finite, an index is no sample, or the batch is larger than the candidates
 * @see Wei, Iyer, Bilmes (2015), Submodularity in data subset selection and active learning
 */
export function facilityLocation(features: FeatureInput, options: FacilityLocationOptions, random: RandomSource): Int32Array {
  requireOptions(options, "facilityLocation");
  const rows = asFeatures(features, "facilityLocation");
  const labeled = distinct(options.labeled ?? [], rows.samples, "facilityLocation");
  const candidates = unlabeledCandidates(options, labeled, rows.samples, "facilityLocation");
  const reference = distinct(options.reference ?? Array.from({ length: rows.samples }, (_, i) => i), rows.samples, "facilityLocation");
  if (reference.length === 0) refuse("facilityLocation", "at least one reference sample", 0);
  const near = new Float64Array(reference.length).fill(farthest(rows));
  labeled.forEach((sample) => approach(rows, reference, near, sample));
  let picks = 0;
  const gainedAt = new Int32Array(candidates.length).fill(-1); // after how many picks a gain was worked out
  const takeBest = lazyArgmax(
    {
      bounds: new Float64Array(candidates.length).fill(Infinity),
      isExact: (item) => gainedAt[item] === picks,
      tighten: (item) => {
        gainedAt[item] = picks;
        return gain(rows, reference, near, candidates[item]!);
      },
    },
    random,
  );
  return Int32Array.from({ length: options.batchSize }, () => {
    const chosen = candidates[takeBest()]!;
    approach(rows, reference, near, chosen);
    picks++;
    return chosen;
  });
}

function gain({ values, width }: Features, reference: Int32Array, near: Float64Array, sample: number): number {
  let sum = 0;
  for (let i = 0; i < reference.length; i++) sum += Math.max(0, near[i]! - Math.sqrt(squaredDistance(values, reference[i]!, values, sample, width)));
  return sum;
}

function approach({ values, width }: Features, reference: Int32Array, near: Float64Array, sample: number): void {
  for (let i = 0; i < reference.length; i++) near[i] = Math.min(near[i]!, Math.sqrt(squaredDistance(values, reference[i]!, values, sample, width)));
}

/** No two samples are farther apart: twice the largest distance from the first. */
function farthest({ values, width, samples }: Features): number {
  let largest = 0;
  for (let sample = 0; sample < samples; sample++) largest = Math.max(largest, squaredDistance(values, 0, values, sample, width));
  return 2 * Math.sqrt(largest);
}
