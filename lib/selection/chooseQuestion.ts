import type { Offer } from "../question/offer";
import type { Question } from "../question/question";
import type { RandomSource } from "../random/randomSource";
import { weightedChoice } from "../random/weightedChoice";
import { searchQuestion, type Realisation } from "./exchange";
import type { PoolView } from "./poolView";
import type { Strategy } from "./strategy";

/** The question a strategy would ask now. */
export interface Choice {
  readonly question: Question;
  readonly offer: Offer;
  /** Utility per cost of the best question of every offer, in their order; 0 for one that cannot be asked. */
  readonly scores?: readonly number[];
}

/** Samples that may be shown: all of them in All and Any, the explored ones in Class. */
export interface Candidates {
  readonly unshown: Int32Array;
  readonly explored: Int32Array;
}

/**
 * Finds the best question of every offer that can be paid, and draws one of them with probability ∝ score²,
 * where score = max(value, 0) / cost + 2e-5.
 *
 * @returns nothing when no offer can be paid or no candidate is left
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277
 */
export function chooseQuestion(
  view: PoolView,
  strategy: Strategy,
  candidates: Candidates,
  canPay: (offer: Offer) => boolean,
  random: RandomSource,
): Choice | undefined {
  const found = strategy.offers.map((offer) => (canPay(offer) ? search(view, strategy, offer, candidates, random) : undefined));
  const scores = found.map((best, i) => (best === undefined ? 0 : Math.max(best.value, 0) / strategy.offers[i]!.cost + 2e-5));
  if (scores.every((score) => score === 0)) return undefined;
  const drawn = weightedChoice(scores.map((score) => score * score), random);
  return { question: found[drawn]!.question, offer: strategy.offers[drawn]!, scores };
}

function search(view: PoolView, strategy: Strategy, offer: Offer, candidates: Candidates, random: RandomSource): Realisation | undefined {
  if (offer.kind === "class") return strategy.searchClass?.(view, offer, candidates.explored, random);
  if (strategy.searchYesNo === undefined) return undefined;
  const { criterion, mode } = strategy.searchYesNo;
  return searchQuestion(view, { ...offer, kind: offer.kind }, criterion, candidates.unshown, mode, random);
}
