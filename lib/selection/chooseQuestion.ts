import type { Offer } from "../question/offer";
import type { Question } from "../question/question";
import type { RandomSource } from "../random/randomSource";
import { weightedChoice } from "../random/weightedChoice";
import { atOnce } from "../runtime/turn";
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
  /** Samples that must not be shown in a kind of question again; default none. */
  readonly untold?: Untold;
}

/** Samples that an oracle could not tell about, by the kind of question. */
export type Untold = Readonly<Record<Offer["kind"], ReadonlySet<number>>>;

/**
 * Finds the best question of every offer that can be paid, and draws one of them with probability ∝ score²,
 * where score = max(value, 0) / cost + 2e-5.
 *
 * @returns nothing when no offer can be paid or no candidate is left
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277
 */
export function chooseQuestion(view: PoolView, strategy: Strategy, candidates: Candidates, canPay: (offer: Offer) => boolean, random: RandomSource): Choice | undefined {
  return atOnce(choosingQuestion(view, strategy, candidates, canPay, random));
}

/** The same, with a pause behind the search for every offer. */
export function* choosingQuestion(
  view: PoolView,
  strategy: Strategy,
  candidates: Candidates,
  canPay: (offer: Offer) => boolean,
  random: RandomSource,
): Generator<void, Choice | undefined> {
  const found: (Realisation | undefined)[] = [];
  for (const offer of strategy.offers) {
    found.push(canPay(offer) ? search(view, strategy, offer, candidates, random) : undefined);
    yield;
  }
  const scores = found.map((best, i) => (best === undefined ? 0 : Math.max(best.value, 0) / strategy.offers[i]!.cost + 2e-5));
  if (scores.every((score) => score === 0)) return undefined;
  const drawn = weightedChoice(scores.map((score) => score * score), random);
  return { question: found[drawn]!.question, offer: strategy.offers[drawn]!, scores };
}

function search(view: PoolView, strategy: Strategy, offer: Offer, candidates: Candidates, random: RandomSource): Realisation | undefined {
  if (offer.kind === "class") return strategy.searchClass?.(view, offer, without(candidates.explored, candidates.untold?.class), random);
  if (strategy.searchYesNo === undefined) return undefined;
  const { criterion, mode } = strategy.searchYesNo;
  return searchQuestion(view, { ...offer, kind: offer.kind }, criterion, without(candidates.unshown, candidates.untold?.[offer.kind]), mode, random);
}

/** The candidates that are not among the samples left out. */
export function without(candidates: Int32Array, leftOut: ReadonlySet<number> | undefined): Int32Array {
  return leftOut === undefined || leftOut.size === 0 ? candidates : candidates.filter((sample) => !leftOut.has(sample));
}
