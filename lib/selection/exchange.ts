import type { OpenQuestionCriterion } from "../acquisition/question/openQuestion";
import type { Probabilities } from "../probability/probabilities";
import type { Offer } from "../question/offer";
import type { Question } from "../question/question";
import { drawWithoutReplacement } from "../random/shuffle";
import type { RandomSource } from "../random/randomSource";
import { screen } from "./screening";

/**
 * `"paper"` exchanges ⌊√m⌋ positions in all, from the first on, among at least two screened candidates;
 * `"full"` sweeps until no exchange helps, and screens no more away than leaves enough for the question.
 */
export type ExchangeMode = "paper" | "full";

/** The best question found of a kind, and what its criterion says. */
export interface Realisation {
  readonly question: Question;
  readonly value: number;
}

/**
 * Searches the best All or Any question: for every class, starts from random promising candidates and exchanges
 * one sample at a time for the candidate with the best value, when that is strictly better. The best class wins.
 *
 * @param draws probabilities [sample, class, draw] that the criterion looks at
 * @param mean their mean, for screening
 * @param candidates samples that may be shown; fewer than the question's size: no question
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, the exchange algorithm
 */
export function searchQuestion(
  { draws, mean }: { draws: Probabilities; mean: Probabilities },
  offer: Offer & { kind: "all" | "any" },
  criterion: OpenQuestionCriterion,
  candidates: Int32Array,
  mode: ExchangeMode,
  random: RandomSource,
): Realisation | undefined {
  if (candidates.length < offer.size) return undefined;
  let best: Realisation | undefined;
  const room = new Int32Array(candidates.length);
  for (let y = 0; y < mean.classes; y++) {
    const kept = screen(mean, offer, y, candidates, mode === "paper" ? 2 : offer.size, room);
    const samples = drawWithoutReplacement(kept.length < offer.size ? candidates : kept, offer.size, random);
    const start = { kind: offer.kind, class: y, samples };
    const found = exchange(draws, start, criterion, kept.length > offer.size ? kept : [], mode, best?.value);
    if (best === undefined || found.value > best.value) best = found;
  }
  return best;
}

/**
 * Exchanges samples of a question, one position after the other, for the best of the candidates.
 *
 * @param candidates samples that may come in; those already in the question are passed over
 * @param toBeat a question that ends no better than this is not wanted: the last step may skip what does not reach it
 */
export function exchange(
  p: Probabilities,
  start: Question & { kind: "all" | "any" },
  criterion: OpenQuestionCriterion,
  candidates: ArrayLike<number>,
  mode: ExchangeMode,
  toBeat = -Infinity,
): Realisation {
  const samples = [...start.samples];
  const openAt = (position: number) => ({ kind: start.kind, class: start.class, kept: samples.filter((_, at) => at !== position) });
  let value = criterion.values(p, openAt(0), [samples[0]!])[0]!;
  const steps = mode === "paper" ? Math.floor(Math.sqrt(samples.length)) : Infinity;
  for (let step = 0, unchanged = 0; step < steps && unchanged < samples.length; step++, unchanged++) {
    const position = step % samples.length;
    const above = step === steps - 1 ? Math.max(value, toBeat) : value;
    const better = criterion.best(p, openAt(position), candidates, above);
    if (better === undefined) continue;
    samples[position] = better.sample;
    value = better.value;
    unchanged = -1;
  }
  return { question: { ...start, samples }, value };
}
