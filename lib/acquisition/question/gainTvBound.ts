import { meanOverDraws } from "../../probability/meanOverDraws";
import type { Probabilities } from "../../probability/probabilities";
import type { KeptPart, OpenQuestion } from "./openQuestion";
import { rankedDraws } from "./rankedDraws";

/** Tells, mostly without a look at the draws, that a candidate cannot give an open question the value that is wanted. */
export interface GainTvBound {
  /** From now on only values above this are wanted. */
  want(above: number): void;
  /** True when the candidate's value is surely not above what is wanted. */
  excludes(sample: number): boolean;
  /** True when no candidate can whose doubt, 1 − p̄ for All and p̄ for Any, is this or less. */
  excludesDoubt(doubt: number): boolean;
}

/** More than rounding can do; means may be in single precision. */
const margin = 1e-9;
const ofMeans = 1e-6;

/**
 * Bounds GainTV, which is taken in the draw whose tₖ = cₖ·sₖ has rank r among K, with c the kept samples' product and s the
 * candidate's factor.
 *
 * In every draw the gain is a concave function of t, above a value only in an interval that no candidate changes. And the t
 * that counts lies between products of ranked numbers: it is at least c₍ₐ₎·s₍ᵦ₎ when a + b = r, for at most r draws are below
 * in c or in s, and at most c₍ₐ₎·s₍ᵦ₎ when a + b = r + K − 1. A candidate whose t must lie outside of all intervals is excluded.
 * Often its mean is enough for that: b + 1 draws are at most s₍ᵦ₎, so s₍ᵦ₎ ≥ 1 − K · mean of (1 − s) / (b + 1).
 *
 * @param kept the part of the kept samples, by draw
 */
export function gainTvBound(p: Probabilities, open: OpenQuestion, kept: KeptPart, rank: number): GainTvBound {
  const { draws, classes, samples } = p;
  const c = kept.product.slice().sort();
  const b = (rank + 1) >> 1;
  const most = rank + draws - 1;
  const mostB = most >> 1;
  const all = open.kind === "all";
  // Any's factor is 1 − p: its ranks count from the other end.
  const ranked = all ? rankedDraws(p, b, mostB) : rankedDraws(p, draws - 1 - mostB, draws - 1 - b);
  const mean = meanOverDraws(p).values;
  let [tooFew, tooMany, certain] = [0, 1, -1]; // s at the lower rank above `tooMany`, at the higher below `tooFew`, mean of 1 − s at most `certain`
  return {
    want(above) {
      const { from, to } = worthwhile(kept, above);
      tooFew = from / c[most - mostB]!;
      tooMany = to / c[rank - b]!;
      certain = -1;
      for (let of = 0; of <= rank; of++) certain = Math.max(certain, ((1 - to / c[rank - of]!) * (of + 1)) / draws - ofMeans);
    },
    excludesDoubt: (doubt) => doubt <= certain,
    excludes(sample) {
      const pMean = mean[sample * classes + open.class]!;
      if ((all ? 1 - pMean : pMean) <= certain) return true;
      const at = open.class * samples + sample;
      if (Number.isNaN(ranked.low[at]!)) ranked.fill(sample, open.class);
      const [low, high] = [ranked.low[at]!, ranked.high[at]!];
      return all ? low > tooMany || high < tooFew : 1 - high > tooMany || 1 - low < tooFew;
    },
  };
}

/** The smallest interval of t outside of which no draw's gain is above a value; from 2 to −1 when none ever is. */
function worthwhile({ product, sum, least }: KeptPart, above: number): { from: number; to: number } {
  let [from, to] = [2, -1];
  for (let k = 0; k < product.length; k++) {
    const c = Math.max(product[k]!, 1e-12);
    // With s = t/c the gain t(Σ + 1 − s) + (1 − t)·min(s, least) is the smaller of two parabolas.
    const one = whereAbove0(2 / c, sum[k]! + 1 + 1 / c, margin - above);
    const other = whereAbove0(1 / c, sum[k]! + 1 - least[k]!, least[k]! + margin - above);
    const [low, high] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
    if (low > high) continue;
    from = Math.min(from, low - margin);
    to = Math.max(to, high + margin);
  }
  return { from, to };
}

/** Where −αt² + βt + γ ≥ 0, with α > 0; from 2 to −1 when nowhere. */
function whereAbove0(alpha: number, beta: number, gamma: number): { from: number; to: number } {
  const discriminant = beta * beta + 4 * alpha * gamma;
  if (!(discriminant >= 0)) return { from: 2, to: -1 };
  const root = Math.sqrt(discriminant);
  return { from: (beta - root) / (2 * alpha), to: (beta + root) / (2 * alpha) };
}
