import type { Probabilities } from "../../probability/probabilities";
import { keptPart, type OpenQuestion } from "./openQuestion";

/** How much a candidate can add to an open question at most, told from one number per candidate. */
export interface GainTvBound {
  /** Per sample: the largest 1 − s over the draws, with s its factor of the answer's probability. */
  readonly spread: Float64Array;
  /** The largest spread with which no candidate's value can exceed `value`; −1 when every candidate might. */
  hopeless(value: number): number;
}

/**
 * Bounds GainTV from above. A candidate with spread u has sₖ in [1 − u, 1], so tₖ = cₖ·sₖ lies in [cₖ(1 − u), cₖ],
 * with cₖ the kept samples' product, and the draw at the rank can only be one with cₖ(1 − u) ≤ c₍ᵣ₎ ≤ cₖ / (1 − u).
 * In such a draw the gain is at most cₖ(Σ + u) + (1 − cₖ(1 − u))·min(least, 1). The bound grows with u.
 */
export function gainTvBound(p: Probabilities, open: OpenQuestion, rank: number | undefined): GainTvBound {
  const { product, sum, least } = keptPart(p, open);
  const middle = rank === undefined ? undefined : product.slice().sort()[rank]!;
  const most = (u: number) => {
    let bound = 0;
    for (let k = 0; k < p.draws; k++) {
      const c = product[k]!;
      if (middle !== undefined && (c * (1 - u) > middle || c < middle * (1 - u))) continue;
      bound = Math.max(bound, c * (sum[k]! + u) + (1 - c * (1 - u)) * least[k]!);
    }
    return bound + 1e-12; // more than rounding can take away
  };
  return {
    spread: spreads(p, open.kind).subarray(open.class * p.samples, (open.class + 1) * p.samples),
    hopeless(value) {
      if (most(0) > value) return -1;
      let low = 0;
      let high = 1;
      for (let step = 0; step < 20; step++) {
        const middleSpread = (low + high) / 2;
        if (most(middleSpread) > value) high = middleSpread;
        else low = middleSpread;
      }
      return low;
    },
  };
}

const known = new WeakMap<Probabilities, Partial<Record<OpenQuestion["kind"], Float64Array>>>();

/** Spread of every class and sample, [class, sample]; worked out once for each set of probabilities. */
function spreads(p: Probabilities, kind: OpenQuestion["kind"]): Float64Array {
  const made = known.get(p) ?? {};
  known.set(p, made);
  return (made[kind] ??= spreadsOf(p, kind));
}

function spreadsOf({ values, samples, classes, draws }: Probabilities, kind: OpenQuestion["kind"]): Float64Array {
  const spread = new Float64Array(classes * samples);
  for (let sample = 0, at = 0; sample < samples; sample++)
    for (let y = 0; y < classes; y++) {
      let least = 1;
      let most = 0;
      for (let k = 0; k < draws; k++) {
        const value = values[at++]!;
        if (value < least) least = value;
        if (value > most) most = value;
      }
      spread[y * samples + sample] = kind === "all" ? 1 - least : most;
    }
  return spread;
}
