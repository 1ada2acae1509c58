import type { Probabilities } from "../../probability/probabilities";
import { refuse } from "../../runtime/refuse";
import { buckets, byMean } from "./byMean";
import { gainTvBound } from "./gainTvBound";
import { bestOfValues, isBetter, keptPart, requireOpenQuestion, type Filling, type KeptPart, type OpenQuestion, type OpenQuestionCriterion } from "./openQuestion";
import { membership } from "./membership";

export interface GainTvOptions {
  /**
   * How optimistic to be about the draws, from 0 (the draw in which the firm answer, All yes or Any no, is least likely)
   * to 1; default 0.4. The gain is taken in the draw at rank round(quantile · (draws − 1)), ties to even.
   * `"mean"` averages the gain over the draws instead.
   */
  readonly quantile?: number | "mean";
}

/**
 * GainTV of open All and Any questions: the kept samples' part is worked out once for all candidates,
 * and the search for the best passes over candidates that cannot win.
 */
export function gainTvCriterion({ quantile = 0.4 }: GainTvOptions = {}): OpenQuestionCriterion {
  if (quantile !== "mean" && !(quantile >= 0 && quantile <= 1)) refuse("gainTv", "a quantile from 0 to 1", quantile);
  const values: OpenQuestionCriterion["values"] = (p, open, candidates) => {
    requireOpenQuestion("gainTv", p, open, candidates);
    const gain = gainOf(p, open, keptPart(p, open), rankOf(quantile, p.draws));
    return Float64Array.from(candidates, (sample) => gain(sample)!);
  };
  const best: OpenQuestionCriterion["best"] = (p, open, candidates, above, rank) => {
    requireOpenQuestion("gainTv", p, open, candidates);
    return bestFilling(p, open, candidates, { above, rank }, rankOf(quantile, p.draws)!);
  };
  return { values, best: quantile === "mean" ? bestOfValues(values) : best };
}

/** The best filling: few candidates are looked at as they come, many in the order of their doubt, until that is too small to win. */
function bestFilling(
  p: Probabilities,
  open: OpenQuestion,
  candidates: ArrayLike<number>,
  { above, rank }: { above: number; rank: (sample: number) => number },
  drawRank: number,
): Filling | undefined {
  const kept = keptPart(p, open);
  const gain = gainOf(p, open, kept, drawRank);
  const bound = gainTvBound(p, open, kept, drawRank);
  let best: Filling | undefined;
  const look = (sample: number) => {
    if (bound.excludes(sample) || open.kept.includes(sample)) return;
    const value = gain(sample, best === undefined ? above : best.value);
    if (value === undefined || !isBetter(sample, value, best, above, rank)) return;
    best = { sample, value };
    bound.want(value);
  };
  bound.want(above);
  if (candidates.length < p.samples / 4) {
    for (let i = 0; i < candidates.length; i++) look(candidates[i]!);
    return best;
  }
  const { samples, starts } = byMean(p, open.class);
  const listed = membership(candidates, p.samples);
  for (let b = 0; b < buckets && !bound.excludesDoubt(1 - b / buckets); b++) {
    const bucket = open.kind === "all" ? b : buckets - 1 - b;
    for (let i = starts[bucket]!; i < starts[bucket + 1]!; i++) {
      if (listed(samples[i]!)) look(samples[i]!);
    }
  }
  return best;
}

/** The gain of a candidate; where it is below `wanted`, `undefined` may stand for it. */
function gainOf(
  { draws, values, classes }: Probabilities,
  open: OpenQuestion,
  { product, sum, least }: KeptPart,
  rank: number | undefined,
): (sample: number, wanted?: number) => number | undefined {
  const gains = new Float64Array(draws);
  const firm = new Float64Array(draws);
  const lowest = new Float64Array(draws);
  const [slope, offset] = open.kind === "all" ? [1, 0] : [-1, 1];
  return (sample, wanted = -Infinity) => {
    const start = (sample * classes + open.class) * draws;
    let total = 0;
    let most = -Infinity;
    for (let k = 0; k < draws; k++) {
      const s = offset + slope * values[start + k]!;
      const t = product[k]! * s;
      const gain = t * (sum[k]! + 1 - s) + (1 - t) * (s < least[k]! ? s : least[k]!);
      firm[k] = t;
      gains[k] = gain;
      total += gain;
      if (gain > most) most = gain;
    }
    if (rank === undefined) return total / draws;
    return most < wanted ? undefined : gains[positionOfRank(firm, rank, lowest)]!; // mostly no draw's gain is wanted
  };
}

/** The rank of the draw that counts; none when the gain is averaged. */
function rankOf(quantile: number | "mean", draws: number): number | undefined {
  return quantile === "mean" ? undefined : roundHalfEven(quantile * (draws - 1));
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  return x - floor === 0.5 ? floor + (floor % 2) : Math.round(x);
}

/**
 * The position of the value that would stand at `rank` if sorted, the first of equals.
 *
 * @param lowest room for the rank + 1 lowest values
 */
export function positionOfRank(values: Float64Array, rank: number, lowest: Float64Array): number {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (i > rank && value >= lowest[rank]!) continue;
    let place = i < rank ? i : rank;
    for (; place > 0 && lowest[place - 1]! > value; place--) lowest[place] = lowest[place - 1]!;
    lowest[place] = value;
  }
  return values.indexOf(lowest[rank]!);
}
