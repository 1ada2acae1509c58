import type { RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import { distinct, requireIndices } from "../../runtime/requireIndices";
import { requireOptions } from "../../runtime/requireOptions";
import { unlabeledCandidates, type BatchOptions } from "../batchOptions";
import { rowDistance, type Metric, type RowDistance } from "./distance";
import { asFeatures, type FeatureInput } from "./features";
import { lazyArgmax } from "../arithmetic/lazyArgmax";

/** Which samples are known, and how far apart samples are. */
export interface CoreSetOptions extends BatchOptions {
  /** Samples that already have a label: centres from the start, never chosen. Default none. */
  readonly labeled?: ArrayLike<number>;
  /** Default `"euclidean"`. */
  readonly metric?: Metric;
}

/**
 * Core-set by k-centre greedy: a batch that leaves no sample far from a labeled one. Each pick is the sample farthest
 * from its nearest centre; the centres are the labeled samples and the earlier picks.
 *
 * next = argmaxᵢ min_c d(i, c). Distances to the nearest centre only shrink, so that old ones are bounds (see `lazyArgmax`)
 * and most are never brought up to date.
 *
 * @param features vectors of the whole pool [sample, width], e.g. the embedding of a model
 * @param random breaks ties, and draws the first pick where nothing is labeled
 * @returns the chosen samples [batchSize], in the order of choice, none twice
 * @example
 * coreSet([[0], [1], [4], [9]], { batchSize: 2, labeled: [0] }, randomSource(7)) // [3, 2]
 * @throws {InputError} when a number is not finite, an index is no sample, or the batch is larger than the candidates
 * @see Sener, Savarese (2018), arXiv 1708.00489, algorithm 1
 */
export function coreSet(features: FeatureInput, options: CoreSetOptions, random: RandomSource): Int32Array {
  requireOptions(options, "coreSet");
  const rows = asFeatures(features, "coreSet");
  const labeled = distinct(options.labeled ?? [], rows.samples, "coreSet");
  const candidates = unlabeledCandidates(options, labeled, rows.samples, "coreSet");
  const { between } = rowDistance(rows, options.metric ?? "euclidean", "coreSet");
  if (labeled.length > 0) return farthestFirst(between, candidates, labeled, options.batchSize, random);
  const first = candidates[random.integer(candidates.length)]!;
  const others = candidates.filter((sample) => sample !== first);
  return Int32Array.from([first, ...farthestFirst(between, others, [first], options.batchSize - 1, random)]);
}

/** One after the other, the candidate farthest from its nearest centre, which then is a centre too. */
function farthestFirst(between: RowDistance["between"], candidates: Int32Array, known: ArrayLike<number>, count: number, random: RandomSource): Int32Array {
  const centres = Array.from(known);
  const met = new Int32Array(candidates.length).fill(1); // how many of the centres a candidate has been measured to
  const bounds = Float64Array.from(candidates, (sample) => between(sample, centres[0]!));
  const takeFarthest = lazyArgmax(
    {
      bounds,
      isExact: (item) => met[item] === centres.length,
      tighten: (item, enough) => {
        let nearest = bounds[item]!;
        for (; met[item]! < centres.length && nearest >= enough; met[item]!++)
          nearest = Math.min(nearest, between(candidates[item]!, centres[met[item]!]!));
        return nearest;
      },
    },
    random,
  );
  return Int32Array.from({ length: count }, () => {
    const chosen = candidates[takeFarthest()]!;
    centres.push(chosen);
    return chosen;
  });
}

/**
 * How far the worst-placed sample is from its nearest centre: what a core-set makes small.
 *
 * r = maxᵢ min_c d(i, c)
 *
 * @example
 * coverRadius([[0], [1], [4], [9]], [0, 3]) // 4
 * @throws {InputError} when a number is not finite, or a centre is no sample
 */
export function coverRadius(features: FeatureInput, centres: ArrayLike<number>, metric: Metric = "euclidean"): number {
  const rows = asFeatures(features, "coverRadius");
  const { between, distance } = rowDistance(rows, metric, "coverRadius");
  requireIndices(centres, rows.samples, "coverRadius");
  const known = Int32Array.from(centres);
  if (known.length === 0) refuse("coverRadius", "at least one centre", 0);
  let radius = 0;
  for (let sample = 0; sample < rows.samples; sample++) {
    let nearest = Infinity;
    for (const centre of known) nearest = Math.min(nearest, between(sample, centre));
    radius = Math.max(radius, nearest);
  }
  return distance(radius);
}
