import { bald } from "../acquisition/draws/bald";
import { questionBaldCriterion } from "../acquisition/question/questionBald";
import { trusted, type Probabilities } from "../probability/probabilities";
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
  const { draws, mean } = view;
  const aboutClassZero = classZeroBaldOf(view);
  let [sample, value] = [start, baldOfOne(draws, start)];
  for (const challenger of kept) {
    const known = aboutClassZero[challenger]!;
    if (Number.isNaN(known) && mostBald(mean.values[challenger * mean.classes]!) < value) continue;
    const bald = Number.isNaN(known) ? (aboutClassZero[challenger] = classZeroBald(draws, challenger)) : known;
    if (bald > value) [sample, value] = [challenger, bald];
  }
  return { question: { kind: "class", samples: [sample] }, value };
};

/** BALD of one sample. */
function baldOfOne({ values, classes, draws }: Probabilities, sample: number): number {
  const row = classes * draws;
  return bald(trusted(values.subarray(sample * row, (sample + 1) * row), 1, classes, draws), { smoothing })[0]!;
}

/** BALD of "is this class 0?", by sample: NaN where nobody needed it yet. */
const classZeroBaldOf = perView(({ draws }) => new Float64Array(draws.samples).fill(NaN));
const criterion = questionBaldCriterion({ smoothing });

function classZeroBald(draws: Probabilities, sample: number): number {
  return criterion.values(draws, { kind: "all", class: 0, kept: [] }, [sample])[0]!;
}

/** What that BALD is at most: the entropy of the mean answer, with room for means in single precision. */
function mostBald(mean: number): number {
  const term = (t: number) => -t * Math.log(t + smoothing);
  return term(mean) + term(Math.abs(1 - mean)) + 1e-4;
}
