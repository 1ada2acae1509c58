import { argmax } from "../acquisition/arithmetic/argmax";
import type { OpenQuestionCriterion } from "../acquisition/question/openQuestion";
import type { Probabilities } from "../probability/probabilities";
import type { Offer } from "../question/offer";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import type { ExchangeMode, Realisation } from "./exchange";
import { perView, type PoolView } from "./poolView";
import { screen } from "./screening";

/** A query strategy: which questions a run may ask, and how it finds the best one of each kind. */
export interface Strategy {
  /** Short name for files and figures, without "+", commas or spaces. */
  readonly name: string;
  /** The questions on offer, at least one. */
  readonly offers: readonly Offer[];
  /** Dropout draws it looks at; 0 for none. */
  readonly draws: number;
  /** Finds the best Class question. */
  readonly searchClass?: ClassSearch;
  /** Values All and Any questions, and how thoroughly they are searched. */
  readonly searchYesNo?: { readonly criterion: OpenQuestionCriterion; readonly mode: ExchangeMode };
  /** Chooses a whole batch of Class questions at once, instead of one question at a time. */
  readonly searchBatch?: BatchSearch;
  /** True where it only ever looks at `view.part(…)`: draws and embeddings of the whole pool are not made then. Default false. */
  readonly byPart?: boolean;
}

export type ClassSearch = (view: PoolView, offer: Offer, candidates: Int32Array, random: RandomSource) => Realisation | undefined;
export type BatchSearch = (view: PoolView, candidates: Int32Array, count: number, random: RandomSource) => ArrayLike<number>;

/**
 * Screens the candidates and takes the one with the highest utility; equal utilities are drawn from by chance.
 *
 * @param utility one number per sample of the pool, higher = ask first; it may look at the rest of the view too
 * @param atLeast samples that screening must leave, ≥ 1; default 1, 2 in the paper's code
 */
export function byUtility(utility: (p: Probabilities, view: PoolView) => ArrayLike<number>, atLeast = 1): ClassSearch {
  const utilitiesOf = perView((view) => checked(utility(view.draws, view), view.mean.samples));
  return (view, offer, candidates, random) => {
    if (candidates.length === 0) return undefined;
    const utilities = utilitiesOf(view);
    const kept = screen(view.mean, offer, 0, candidates, atLeast);
    const offered = new Float64Array(kept.length);
    for (let i = 0; i < kept.length; i++) offered[i] = utilities[kept[i]!]!;
    const sample = kept[argmax(offered, random)]!;
    return { question: { kind: "class", samples: [sample] }, value: utilities[sample]! };
  };
}

function checked(utilities: ArrayLike<number>, samples: number): ArrayLike<number> {
  if (utilities.length !== samples) refuse("byUtility", `utilities of ${samples} samples`, utilities.length);
  for (let sample = 0; sample < samples; sample++)
    if (typeof utilities[sample] !== "number" || Number.isNaN(utilities[sample])) refuse("byUtility", "utilities that are numbers", utilities[sample], `sample ${sample}`);
  return utilities;
}

/** Takes any candidate, all equally likely, without screening. */
export const atRandom: ClassSearch = (_view, _offer, candidates, random) =>
  candidates.length === 0
    ? undefined
    : { question: { kind: "class", samples: [candidates[random.integer(candidates.length)]!] }, value: random.next() };
