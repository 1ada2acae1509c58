import { batchCandidates, type BatchOptions } from "../acquisition/batchOptions";
import { tieBreaker } from "../acquisition/arithmetic/tieBreaker";
import { largestInRow } from "../probability/largestInRow";
import { meanOverDraws } from "../probability/meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "../probability/probabilities";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";

/** What is labeled so far. */
export interface ClassBalancedOptions extends BatchOptions {
  /** Labels of every class so far, ≥ 0. Default 0 each. */
  readonly labeledPerClass?: ArrayLike<number>;
}

/**
 * Class-balanced choice: every place goes to the class that has the fewest labels so far, and there to the sample with the
 * highest utility. A sample's class is the model's best guess, the first of equally likely ones.
 *
 * @param utilities of the whole pool [sample], finite
 * @param p probabilities [sample, class] of the same samples; where there are draws, their mean is used
 * @returns the chosen samples [batchSize], in the order of choice, none twice; classes nobody is guessed to be in are passed over
 * @example
 * const p = [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7]];
 * classBalanced([0.5, 0.9, 0.1], p, { batchSize: 2, labeledPerClass: [4, 4] }, randomSource(7)).sort() // [1, 2]
 * @throws {InputError} when lengths differ, a utility is not finite, or the batch is larger than the candidates
 */
export function classBalanced(utilities: ArrayLike<number>, p: ProbabilityInput, options: ClassBalancedOptions, random: RandomSource): Int32Array {
  const mean = meanOverDraws(asProbabilities(p, "classBalanced"));
  if (utilities.length !== mean.samples) refuse("classBalanced", `utilities of ${mean.samples} samples`, utilities.length);
  const candidates = batchCandidates(options, mean.samples, "classBalanced");
  const labels = checkedCounts(options.labeledPerClass, mean.classes);
  const rank = tieBreaker(random);
  const queues = Array.from({ length: mean.classes }, (): number[] => []);
  for (const sample of candidates) {
    if (!Number.isFinite(utilities[sample])) refuse("classBalanced", "finite utilities", utilities[sample]!, `sample ${sample}`);
    queues[largestInRow(mean.values, mean.classes, sample)]!.push(sample);
  }
  for (const queue of queues) queue.sort((a, b) => utilities[a]! - utilities[b]! || rank(b) - rank(a)); // the best is popped
  return Int32Array.from({ length: options.batchSize }, () => {
    const poorest = [...queues.keys()]
      .filter((l) => queues[l]!.length > 0)
      .reduce((a, b) => (labels[b]! < labels[a]! || (labels[b] === labels[a] && rank(b) < rank(a)) ? b : a));
    labels[poorest]!++;
    return queues[poorest]!.pop()!;
  });
}

function checkedCounts(given: ArrayLike<number> | undefined, classes: number): Float64Array {
  const counts = Float64Array.from(given ?? new Float64Array(classes));
  if (counts.length !== classes) refuse("classBalanced", `labels counted for ${classes} classes`, counts.length);
  counts.forEach((count, l) => {
    if (!(count >= 0 && count < Infinity)) refuse("classBalanced", "counts of at least 0", count, `class ${l}`);
  });
  return counts;
}
