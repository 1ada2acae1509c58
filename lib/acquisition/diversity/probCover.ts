import type { RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import { distinct } from "../../runtime/requireIndices";
import { requireOptions } from "../../runtime/requireOptions";
import { unlabeledCandidates, type BatchOptions } from "../batchOptions";
import { squaredDistance } from "./distance";
import { asFeatures, type FeatureInput, type Features } from "./features";
import { lazyArgmax } from "../arithmetic/lazyArgmax";

/** How far a label reaches, and what is known. */
export interface ProbCoverOptions extends BatchOptions {
  /** A labeled sample covers what is nearer than this, > 0, in the unit of the features. */
  readonly radius: number;
  /** Samples that already have a label. Default none. */
  readonly labeled?: ArrayLike<number>;
}

/**
 * ProbCover: a batch whose balls of one radius cover as much of the pool as they can.
 *
 * Greedy: next = argmaxᵢ of the samples nearer than `radius` to i that no labeled sample and no earlier pick covers. What a
 * sample can add only shrinks, so old counts are bounds (see `lazyArgmax`).
 *
 * Time: the first pick measures every candidate against every sample, candidates · samples · width; give `candidates` a random part
 * of a pool of more than some ten thousand samples.
 *
 * @param features vectors of the whole pool [sample, width], best from self-supervised learning
 * @returns the chosen samples [batchSize], in the order of choice, none twice; at random once everything is covered
 * @example
 * probCover([[0], [1], [2], [9], [9.5]], { batchSize: 2, radius: 1.5 }, randomSource(7))[0] // 1
 * @throws {InputError} when a number is not finite, the radius is not positive, or the batch is larger than the candidates
 * @see Yehuda, Dekel, Hacohen, Weinshall (2022), arXiv 2205.11320, algorithm 1
 */
export function probCover(features: FeatureInput, options: ProbCoverOptions, random: RandomSource): Int32Array {
  requireOptions(options, "probCover");
  const { batchSize, radius } = options;
  if (!(radius > 0 && radius < Infinity)) refuse("probCover", "a finite radius above 0", radius);
  const rows = asFeatures(features, "probCover");
  const labeled = distinct(options.labeled ?? [], rows.samples, "probCover");
  const candidates = unlabeledCandidates(options, labeled, rows.samples, "probCover");
  const covered = new Uint8Array(rows.samples);
  const cover = (centre: number) => ball(rows, centre, radius).forEach((sample) => (covered[sample] = 1));
  labeled.forEach(cover);
  let picks = 0;
  const countedAt = new Int32Array(candidates.length).fill(-1); // after how many picks a candidate was counted
  const takeBest = lazyArgmax(
    {
      bounds: new Float64Array(candidates.length).fill(rows.samples),
      isExact: (item) => countedAt[item] === picks,
      tighten: (item) => {
        countedAt[item] = picks;
        return ball(rows, candidates[item]!, radius).filter((sample) => covered[sample] === 0).length;
      },
    },
    random,
  );
  return Int32Array.from({ length: batchSize }, () => {
    const chosen = candidates[takeBest()]!;
    cover(chosen);
    picks++;
    return chosen;
  });
}

/** The samples nearer to the centre than the radius, itself included. */
function ball({ values, width, samples }: Features, centre: number, radius: number): number[] {
  const inside: number[] = [];
  for (let sample = 0; sample < samples; sample++)
    if (squaredDistance(values, sample, values, centre, width) < radius * radius) inside.push(sample);
  return inside;
}
