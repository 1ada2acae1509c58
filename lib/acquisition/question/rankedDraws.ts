import type { Probabilities } from "../../probability/probabilities";

/** What stands at two ranks among the draws of every sample and class. */
export interface RankedDraws {
  /** Values at the lower and at the higher rank, [class, sample]; NaN where nobody has asked yet. */
  readonly low: Float32Array | Float64Array;
  readonly high: Float32Array | Float64Array;
  /** Works out both for one sample and class. */
  fill(sample: number, y: number): void;
}

const known = new WeakMap<Probabilities, Map<string, RankedDraws>>();

/** The values at two ranks (0 = smallest) of the draws of p[sample, class]: each worked out when first asked for, once for each set of probabilities. */
export function rankedDraws(p: Probabilities, low: number, high: number): RankedDraws {
  const made = known.get(p) ?? new Map<string, RankedDraws>();
  known.set(p, made);
  const key = `${low} ${high}`;
  const ranked = made.get(key) ?? rank(p, low, high);
  made.set(key, ranked);
  return ranked;
}

function rank({ values, samples, classes, draws }: Probabilities, lowRank: number, highRank: number): RankedDraws {
  const unasked = () => (values instanceof Float64Array ? new Float64Array(samples * classes) : new Float32Array(samples * classes)).fill(NaN);
  const [low, high] = [unasked(), unasked()];
  const ascending = new Float64Array(draws);
  return {
    low,
    high,
    fill(sample, y) {
      for (let k = 0, at = (sample * classes + y) * draws; k < draws; k++, at++) {
        const value = values[at]!;
        let place = k;
        for (; place > 0 && ascending[place - 1]! > value; place--) ascending[place] = ascending[place - 1]!;
        ascending[place] = value;
      }
      low[y * samples + sample] = ascending[lowRank]!;
      high[y * samples + sample] = ascending[highRank]!;
    },
  };
}
