import { tieBreaker } from "../acquisition/arithmetic/tieBreaker";
import { requireDistinct, requireIndices } from "../runtime/requireIndices";
import type { OpenQuestionCriterion } from "../acquisition/question/openQuestion";
import type { Probabilities } from "../probability/probabilities";
import type { Offer } from "../question/offer";
import { requireQuestion, type Question } from "../question/question";
import { drawWithoutReplacement } from "../random/shuffle";
import type { RandomSource } from "../random/randomSource";
import { requireOneOf } from "../runtime/requireOneOf";
import { screening } from "./screening";

/**
 * `"paper"` exchanges ⌊√m⌋ positions in all, from the first on, among at least two screened candidates;
 * `"full"` sweeps until no exchange helps, and screens no more away than leaves enough for the question.
 */
export type ExchangeMode = "paper" | "full";

type YesNoQuestion = Extract<Question, { kind: "all" | "any" }>;

/** The best question found of a kind, and what its criterion says. */
export interface Realisation<Q extends Question = Question> {
  readonly question: Q;
  readonly value: number;
}

/**
 * Searches the best All or Any question: for every class, starts from random promising candidates and exchanges
 * one sample at a time for the candidate with the best value, when that is strictly better. The best class wins; among equal
 * samples and classes the seed decides.
 *
 * @param draws probabilities [sample, class, draw] that the criterion looks at
 * @param mean their mean, for screening
 * @param candidates samples that may be shown; fewer than the question's size: no question
 * @throws {InputError} for candidates that are no samples or come twice, and a mode that is none
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
  requireOneOf("searchQuestion", "a mode", mode, ["paper", "full"]);
  requireDistinct(candidates, draws.samples, "searchQuestion");
  const rank = tieBreaker(random.split("ties"));
  let best: Realisation<YesNoQuestion> | undefined;
  const screened = screening(mean, offer, candidates, mode === "paper" ? 2 : offer.size);
  for (let y = 0; y < mean.classes; y++) {
    const kept = screened(y);
    const samples = drawWithoutReplacement(kept.length < offer.size ? candidates : kept, offer.size, random);
    const start = { kind: offer.kind, class: y, samples };
    const beatsEquals = best !== undefined && rank(y) < rank(best.question.class);
    const toBeat = best === undefined ? -Infinity : beatsEquals ? justBelow(best.value) : best.value;
    const found = improved(draws, start, criterion, kept.length > offer.size ? kept : [], { mode, toBeat, rank });
    if (best === undefined || found.value > best.value || (beatsEquals && found.value === best.value)) best = found;
  }
  return best;
}

function justBelow(value: number): number {
  return value - Math.abs(value) * Number.EPSILON - Number.MIN_VALUE;
}

/**
 * Exchanges samples of a question, one position after the other, for the best of the candidates; among equals the seed decides.
 *
 * @param p probabilities [sample, class, draw] that the criterion looks at
 * @param candidates samples that may come in; those already in the question are passed over
 * @throws {InputError} for a question, candidates or a mode that are none
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, the exchange algorithm
 */
export function exchange(
  p: Probabilities,
  start: YesNoQuestion,
  criterion: OpenQuestionCriterion,
  candidates: ArrayLike<number>,
  mode: ExchangeMode,
  random: RandomSource,
): Realisation {
  requireOneOf("exchange", "a kind", start.kind, ["all", "any"]);
  requireQuestion("exchange", start, p);
  requireIndices(candidates, p.samples, "exchange");
  requireOneOf("exchange", "a mode", mode, ["paper", "full"]);
  return improved(p, start, criterion, candidates, { mode, toBeat: -Infinity, rank: tieBreaker(random) });
}

/** How far an exchange goes, what decides among equals, and the value below which its result is not wanted: the last step may skip that. */
interface ExchangePlan {
  readonly mode: ExchangeMode;
  readonly toBeat: number;
  rank(sample: number): number;
}

function improved(
  p: Probabilities,
  start: YesNoQuestion,
  criterion: OpenQuestionCriterion,
  candidates: ArrayLike<number>,
  { mode, toBeat, rank }: ExchangePlan,
): Realisation<YesNoQuestion> {
  const samples = [...start.samples];
  const openAt = (position: number) => ({ kind: start.kind, class: start.class, kept: samples.filter((_, at) => at !== position) });
  let value = criterion.values(p, openAt(0), [samples[0]!])[0]!;
  const steps = mode === "paper" ? Math.floor(Math.sqrt(samples.length)) : Infinity;
  for (let step = 0, unchanged = 0; step < steps && unchanged < samples.length; step++, unchanged++) {
    const position = step % samples.length;
    const above = step === steps - 1 ? Math.max(value, toBeat) : value;
    const better = criterion.best(p, openAt(position), candidates, above, rank);
    if (better === undefined) continue;
    samples[position] = better.sample;
    value = better.value;
    unchanged = -1;
  }
  return { question: { ...start, samples }, value };
}
