import { classOffer } from "../question/offer";
import { refuse } from "../runtime/refuse";
import { bestSoFar } from "./bestSoFar";
import type { CandidateFilter } from "./candidateFilter";
import type { Criterion } from "./streamTopK";
import type { Strategy } from "./strategy";

export interface MostUsefulOptions {
  /** Short name for files and figures, without "+", commas or spaces. */
  readonly name: string;
  /** Dropout draws that the criterion looks at, ≥ 0; 0 for plain probabilities. */
  readonly draws: number;
  /** Cost of a label, > 0. Default 1. */
  readonly cost?: number;
  /** Samples that are looked at in one go, ≥ 1. Default 8192. */
  readonly block?: number;
  /** Looks at part of the candidates only, `randomPart` or `evenPart`, and reads no others. Default: at all of them. */
  readonly filter?: CandidateFilter;
}

/**
 * Asks for the labels of the samples with the highest utilities, a whole batch at a time, without ever holding more than a
 * block of the pool: time grows with the pool, memory does not. Among equals the seed decides.
 *
 * @param criterion values one sample at a time, e.g. `bald`: it sees the pool in blocks
 * @example
 * mostUseful(bald, { name: "BALD", draws: 20 }).offers.length // 1
 */
export function mostUseful(criterion: Criterion, { name, draws, cost = 1, block = 8192, filter }: MostUsefulOptions): Strategy {
  if (!/^[^+,\s]+$/.test(name)) refuse("mostUseful", "a name without +, commas or spaces", name);
  if (!Number.isInteger(draws) || draws < 0) refuse("mostUseful", "0 draws or more", draws);
  if (!Number.isInteger(block) || block < 1) refuse("mostUseful", "blocks of at least 1 sample", block);
  return {
    name,
    offers: [classOffer({ cost, threshold: 0 })],
    draws,
    byPart: true,
    searchBatch(view, candidates, count, random) {
      const best = bestSoFar(count, random);
      const looked = filter === undefined ? candidates : filter(candidates, count, random.split("filter"));
      if (looked.length < count) refuse("mostUseful", `a filter that leaves at least ${count} candidates`, looked.length);
      for (let start = 0; start < looked.length; start += block) {
        const samples = looked.subarray(start, start + block);
        criterion(view.part(samples).draws).forEach((utility, i) => {
          if (Number.isNaN(utility)) refuse("mostUseful", "utilities that are numbers", utility, `sample ${samples[i]}`);
          best.offer(samples[i]!, utility);
        });
      }
      return best.inOrder().samples;
    },
  };
}
