import type { RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";

/** Where the mean of a curve may lie. */
export interface Band {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** How a band is drawn from replicates. */
export interface BandOptions {
  /** Share of resampled means inside at every budget, between 0 and 1, bounds excluded. Default 0.95. */
  readonly level?: number;
  /** Resamples, ≥ 1. Default 2000. */
  readonly resamples?: number;
}

/**
 * Percentile bootstrap band of a mean curve: whole replicates are drawn with replacement, so that what the budgets of a
 * replicate have in common stays together. It holds at each budget, not at all of them at once.
 *
 * @param curves one per replicate, of one length
 * @throws {InputError} when there are no curves, their lengths differ, or an option is out of bounds
 * @see Efron, Tibshirani (1993), An introduction to the bootstrap, chapter 13
 */
export function bootstrapBand(curves: readonly ArrayLike<number>[], { level = 0.95, resamples = 2000 }: BandOptions, random: RandomSource): Band {
  const budgets = curves[0]?.length ?? 0;
  if (budgets === 0 || curves.some((curve) => curve.length !== budgets)) refuse("bootstrapBand", "curves of one length", curves.map((curve) => curve.length).join(", ") || "none");
  if (!(level > 0 && level < 1)) refuse("bootstrapBand", "a level between 0 and 1", level);
  if (!Number.isInteger(resamples) || resamples < 1) refuse("bootstrapBand", "at least one resample", resamples);
  const means = Array.from({ length: budgets }, () => new Float64Array(resamples));
  for (let sample = 0; sample < resamples; sample++)
    for (let drawn = 0; drawn < curves.length; drawn++) {
      const curve = curves[random.integer(curves.length)]!;
      for (let b = 0; b < budgets; b++) means[b]![sample]! += curve[b]! / curves.length;
    }
  for (const at of means) at.sort();
  const edge = (p: number) => Float64Array.from(means, (sorted) => quantile(sorted, p));
  return { lower: edge((1 - level) / 2), upper: edge((1 + level) / 2) };
}

/** Of sorted values, by linear interpolation. */
function quantile(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
