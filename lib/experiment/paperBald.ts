import { bald } from "../acquisition/draws/bald";
import { questionBaldCriterion } from "../acquisition/question/questionBald";
import { screen } from "../selection/screening";
import { perView } from "../selection/poolView";
import { byUtility, type ClassSearch } from "../selection/strategy";
import type { Fidelity } from "../training/fitSettings";

const smoothing = 1e-5;

/**
 * The Class question of the BALD baseline.
 *
 * `"corrected"` asks about the sample with the highest BALD over the classes. `"paper"` is what the paper's released
 * code does instead: one random sample, valued by its BALD, is kept unless the yes/no BALD of "is this class 0?"
 * is higher for some other sample; so the baseline is partly random and partly about class 0.
 */
export function baldSearch(fidelity: Fidelity): ClassSearch {
  return fidelity === "corrected" ? byUtility((p) => bald(p, { smoothing })) : randomAgainstClassZero;
}

const randomAgainstClassZero: ClassSearch = (view, offer, candidates, random) => {
  if (candidates.length === 0) return undefined;
  const kept = screen(view.mean, offer, 0, candidates);
  const start = kept[random.integer(kept.length)]!;
  const aboutClassZero = classZeroBaldOf(view);
  let [sample, value] = [start, baldOf(view)[start]!];
  for (const challenger of kept) if (aboutClassZero[challenger]! > value) [sample, value] = [challenger, aboutClassZero[challenger]!];
  return { question: { kind: "class", samples: [sample] }, value };
};

/** BALD of the whole pool, worked out once for each view of it. */
const baldOf = perView((view) => bald(view.draws, { smoothing }));

/** BALD of "is this class 0?", likewise. */
const classZeroBaldOf = perView(({ draws }) =>
  questionBaldCriterion({ smoothing }).values(draws, { kind: "all", class: 0, kept: [] }, Int32Array.from({ length: draws.samples }, (_, sample) => sample)),
);
