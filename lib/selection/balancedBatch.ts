import type { Probabilities } from "../probability/probabilities";
import { labelsPerClass } from "../question/labelsPerClass";
import { classBalanced } from "./classBalanced";
import type { PoolView } from "./poolView";
import type { BatchSearch } from "./strategy";

/**
 * Class-balanced batches for a run: every place goes to the class with the fewest labels in the run so far, and there
 * to the sample with the highest utility. Without it a rare class waits behind the many samples of the frequent ones.
 *
 * @param utility one number per sample of the pool, higher = ask first
 * @returns what a strategy takes as `searchBatch`
 * @see classBalanced
 */
export function balancedBatch(utility: (p: Probabilities, view: PoolView) => ArrayLike<number>): BatchSearch {
  return (view, candidates, count, random) =>
    classBalanced(
      utility(view.draws, view),
      view.mean,
      { batchSize: count, candidates, labeledPerClass: labelsPerClass(view.answered, view.mean.classes) },
      random,
    );
}
