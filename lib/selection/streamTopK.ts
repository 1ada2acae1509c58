import { asProbabilities, type Probabilities, type ProbabilityInput } from "../probability/probabilities";
import { requireOptions } from "../runtime/requireOptions";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { bestSoFar } from "./bestSoFar";

/** Any criterion of one sample at a time: probabilities in, utilities out. */
export type Criterion = (p: Probabilities) => Float64Array;

/**
 * The samples with the highest utilities of a pool that is too large for memory: it comes in blocks, and only the best so far
 * are kept. The result is that of `topK` over the whole pool with the same seed, however it is cut.
 *
 * @param blocks probabilities of consecutive samples; the first sample of a block follows the last one of the block before
 * @param criterion e.g. `entropy`, or `(p) => bald(p, { base: "bits" })`
 * @returns the chosen samples, numbered over all blocks, best first, and their utilities
 * @example
 * const blocks = [[[0.9, 0.1], [0.6, 0.4]], [[0.5, 0.5]]];
 * streamTopK(blocks, entropy, { batchSize: 2 }, randomSource(7)).queryIndices // [2, 1]
 * @throws {InputError} when the batch is larger than the pool, a utility is NaN, or blocks differ in their classes
 */
export function streamTopK(
  blocks: Iterable<ProbabilityInput>,
  criterion: Criterion,
  options: { batchSize: number },
  random: RandomSource,
): { queryIndices: Int32Array; utilities: Float64Array } {
  requireOptions(options, "streamTopK");
  const { batchSize } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1) refuse("streamTopK", "a batch size of at least 1", batchSize);
  const best = bestSoFar(batchSize, random);
  let seen = 0;
  let classes: number | undefined;
  for (const block of blocks) {
    const p = asProbabilities(block, "streamTopK");
    classes ??= p.classes;
    if (p.classes !== classes) refuse("streamTopK", `blocks of ${classes} classes`, p.classes, `sample ${seen}`);
    const utilities = criterion(p);
    if (utilities.length !== p.samples) refuse("streamTopK", `a criterion that gives ${p.samples} utilities`, utilities.length, `sample ${seen}`);
    for (let i = 0; i < utilities.length; i++) {
      if (Number.isNaN(utilities[i]!)) refuse("streamTopK", "utilities that are numbers", NaN, `sample ${seen + i}`);
      best.offer(seen + i, utilities[i]!);
    }
    seen += utilities.length;
  }
  if (seen < batchSize) refuse("streamTopK", `a batch size of at most ${seen}, the number of samples`, batchSize);
  const { samples: queryIndices, utilities } = best.inOrder();
  return { queryIndices, utilities };
}
