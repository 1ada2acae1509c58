import { badge } from "../acquisition/diversity/badge";
import { entropy } from "../acquisition/uncertainty/entropy";
import { classGainTv } from "../acquisition/question/gainTv";
import { gainTvCriterion } from "../acquisition/question/gainTvCriterion";
import { leastConfidence } from "../acquisition/uncertainty/leastConfidence";
import { variance } from "../acquisition/uncertainty/variance";
import { classOffer } from "../question/offer";
import { paperOffers, type QuestionCosts } from "../question/paperOffers";
import { atRandom, byUtility, type ClassSearch, type Strategy } from "../selection/strategy";
import type { Fidelity } from "../training/fitSettings";
import { baldSearch } from "./paperBald";

/** Dropout draws of ALMQ and BALD. */
const draws = 20;

/** The seven methods of the paper, in the order of its legends. */
export function paperStrategies(costs: QuestionCosts, fidelity: Fidelity): readonly Strategy[] {
  const atLeast = screenedAtLeast(fidelity);
  return [
    almqStrategy(costs, fidelity),
    labelStrategy("BALD", draws, baldSearch(fidelity)),
    labelStrategy("EN", 0, byUtility((p) => entropy(p, { smoothing: 1e-5 }), atLeast)),
    labelStrategy("VAR", 0, byUtility((p) => variance(p), atLeast)),
    labelStrategy("LC", 0, byUtility((p) => leastConfidence(p), atLeast)),
    labelStrategy("RA", 0, atRandom),
    badgeStrategy(),
  ];
}

/**
 * Active learning with multiple questions: Class, All of 1 to 3 and Any of 2 and 3 samples compete, valued by GainTV.
 * `"corrected"` sweeps the exchange search to its end and screens no promising sample away that is alone;
 * `"paper"` stops after ⌊√m⌋ exchanges and wants two promising samples.
 */
export function almqStrategy(costs: QuestionCosts, fidelity: Fidelity, quantile = 0.4): Strategy {
  return {
    name: "ALMQ",
    offers: paperOffers(costs),
    draws,
    searchClass: byUtility(classGainTv, screenedAtLeast(fidelity)),
    searchYesNo: { criterion: gainTvCriterion({ quantile }), mode: fidelity === "paper" ? "paper" : "full" },
  };
}

/** The paper's screening never leaves one sample alone, though a Class question needs no more. */
function screenedAtLeast(fidelity: Fidelity): number {
  return fidelity === "paper" ? 2 : 1;
}

/** A baseline that asks for labels only, one at a time, at cost 1. */
export function labelStrategy(name: string, drawn: number, searchClass: ClassSearch): Strategy {
  return { name, offers: [classOffer({ cost: 1, threshold: 0.1 })], draws: drawn, searchClass };
}

/** BADGE: a whole batch of labels at once, spread over the gradients the model expects. */
export function badgeStrategy(): Strategy {
  return {
    name: "BADGE",
    offers: [classOffer({ cost: 1, threshold: -1 })],
    draws: 0,
    searchBatch: ({ plain, embedding }, candidates, count, random) =>
      badge(plain, embedding, { batchSize: count, candidates }, random),
  };
}
