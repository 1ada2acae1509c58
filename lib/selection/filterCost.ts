import { batchCandidates, type BatchOptions } from "../acquisition/batchOptions";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import type { CandidateFilter } from "./candidateFilter";
import { topK } from "./topK";

export interface FilterCostOptions extends BatchOptions {
  /** Rounds tried, each with a part of its own, ≥ 2. Default 20. */
  readonly repeats?: number;
}

/** What a choice from part of a pool costs beside the choice from all of it. Utilities in the criterion's own unit. */
export interface FilterCost {
  /** Samples looked at, mean over the repeats. */
  readonly looked: number;
  /** Share of the picks that are as good as the full look's worst pick, mean over the repeats. */
  readonly found: number;
  /** Mean utility of a pick, from part of the pool. */
  readonly utility: number;
  /** Mean utility of a pick, from all of it. */
  readonly fullUtility: number;
  /** fullUtility − utility, ≥ 0. */
  readonly lost: number;
  /** Unbiased standard deviation of `lost` between repeats. */
  readonly lostSd: number;
}

/**
 * Says what a candidate filter costs: how much less useful a batch is when only part of the pool is looked at. It takes the
 * utilities of one full look and tries the filter on them again and again, which costs no further look.
 *
 * What that means for the model only runs can tell: `pairedTest` compares the final accuracies of replicates with the
 * filter and without it.
 *
 * @param utilities of the whole pool [sample], finite, e.g. `bald(view.draws)`, or of `view.part(…)` block by block
 * @example
 * const { lost } = filterCost([0.1, 0.9, 0.4, 0.2], randomPart(1), { batchSize: 2 }, randomSource(7));
 * lost // 0
 * @throws {InputError} when a utility is not finite, the batch is larger than the candidates, or there are fewer than two repeats
 */
export function filterCost(utilities: ArrayLike<number>, filter: CandidateFilter, options: FilterCostOptions, random: RandomSource): FilterCost {
  const candidates = batchCandidates(options, utilities.length, "filterCost");
  const { batchSize, repeats = 20 } = options;
  if (!Number.isInteger(repeats) || repeats < 2) refuse("filterCost", "at least 2 repeats", repeats);
  for (const sample of candidates) if (!Number.isFinite(utilities[sample])) refuse("filterCost", "finite utilities", utilities[sample], `sample ${sample}`);
  const useful = (chosen: Int32Array) => chosen.reduce((sum, sample) => sum + utilities[sample]!, 0) / batchSize;
  const full = topK(utilities, { batchSize, candidates }, random);
  const [fullUtility, worst] = [useful(full), utilities[full.at(-1)!]!];
  const rounds = Array.from({ length: repeats }, (_, round) => {
    const part = batchCandidates({ batchSize, candidates: filter(candidates, batchSize, random.split(round)) }, utilities.length, "filterCost");
    const chosen = topK(utilities, { batchSize, candidates: part }, random);
    return { looked: part.length, found: chosen.filter((sample) => utilities[sample]! >= worst).length / batchSize, lost: fullUtility - useful(chosen) };
  });
  const mean = (value: (round: (typeof rounds)[number]) => number) => rounds.reduce((sum, round) => sum + value(round), 0) / repeats;
  const lost = mean((round) => round.lost);
  const lostSd = Math.sqrt((mean((round) => (round.lost - lost) ** 2) * repeats) / (repeats - 1));
  return { looked: mean((round) => round.looked), found: mean((round) => round.found), utility: fullUtility - lost, fullUtility, lost, lostSd };
}
