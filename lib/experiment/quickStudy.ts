import type { Dataset } from "../dataset/dataset";
import { part } from "../dataset/split";
import type { RandomSource } from "../random/randomSource";
import { drawWithoutReplacement } from "../random/shuffle";
import type { Study } from "./study";

/** No more than so many of each. */
const most = { pool: 1000, test: 300, initial: 100, batchBudget: 10, batches: 3, epochs: 10 } as const;

/**
 * A study made small enough to be tried in minutes: what it is about can be seen in it, its numbers cannot. Its name ends in
 * `-quick`, and its outcomes say what was made smaller. One that is quick stays as it is.
 *
 * @example
 * quickStudy(studyNamed("mnist")).name // "mnist-quick"
 */
export function quickStudy(study: Study): Study {
  if (study.quick !== undefined) return study;
  const initial = Math.min(study.initial, most.initial);
  const batchBudget = Math.min(study.batchBudget, most.batchBudget);
  return {
    ...study,
    name: `${study.name}${quickEnd}`,
    initial,
    batchBudget,
    budget: Math.min(study.budget, most.batches * batchBudget),
    replicates: 2,
    fit: { ...study.fit, epochs: Math.min(study.fit.epochs, most.epochs) },
    quick: `at most ${most.pool} samples in the pool, ${most.test} in the test set, ${most.initial} initial labels, ${most.batches} batches of ${most.batchBudget}, ${most.epochs} epochs`,
    split(data, fidelity, random) {
      const { pool, test } = study.split(data, fidelity, random);
      return { pool: fewer(pool, most.pool, random.split("quick pool")), test: fewer(test, most.test, random.split("quick test")) };
    },
  };
}

/** How the names of quick studies end. */
export const quickEnd = "-quick";

function fewer(data: Pick<Dataset, "samples" | "labels">, count: number, random: RandomSource): Pick<Dataset, "samples" | "labels"> {
  return data.labels.length <= count ? data : part(data, drawWithoutReplacement([...data.labels.keys()], count, random));
}
