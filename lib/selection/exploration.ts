import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import { requireIndices } from "../runtime/requireIndices";
import { distanceQuantile } from "./distanceQuantile";
import { nearestDistances } from "./nearestDistances";

export interface ExplorationSettings {
  /** A radius is accepted when more than this share of the pool stays, from 0 to below 1; default 0.25. */
  readonly rate?: number;
  /** Quantile of the pool's pairwise distances that gives the largest radius, from 0 to 1; default 0.05. */
  readonly initialQuantile?: number;
  /** Radii tried, the largest first and 0 last, ≥ 2; default 6. */
  readonly radii?: number;
}

/** Which samples are far enough from everything known, in the space of the model's logits. */
export interface Exploration {
  /** The radius in force, in units of logits. */
  readonly radius: number;
  /** Samples whose distance to the nearest known sample is larger than the radius, ascending. */
  readonly kept: Int32Array;
}

/**
 * Exploration and exploitation: keeps samples away from all that is known, with the largest radius that still
 * keeps more than `rate` of the pool; when none does, radius 0 stands. Known samples are never kept.
 *
 * @param logits row-major [sample, class], without dropout, of the whole pool
 * @param known samples labeled or shown in any question so far
 * @throws {InputError} when nothing is known, a sample is none, a logit is not finite, or a share is out of range
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, exploration and exploitation
 */
export function explore(
  logits: Float32Array,
  classes: number,
  known: readonly number[],
  settings: ExplorationSettings,
  random: RandomSource,
): Exploration {
  return explorer(logits, classes, settings, random).kept(known);
}

/** An exploration that goes on as more samples become known while the model stays as it is. */
export interface Explorer {
  /** @param known everything known so far: earlier samples first, new ones behind */
  kept(known: readonly number[]): Exploration;
}

/** Prepares the radii of one model's logits once; distances to what is known are kept from call to call. */
export function explorer(logits: Float32Array, classes: number, settings: ExplorationSettings, random: RandomSource): Explorer {
  const { rate = 0.25, initialQuantile = 0.05, radii = 6 } = settings;
  if (!(rate >= 0 && rate < 1)) refuse("explore", "a rate from 0 to below 1", rate);
  if (!(initialQuantile >= 0 && initialQuantile <= 1)) refuse("explore", "an initial quantile from 0 to 1", initialQuantile);
  if (!Number.isInteger(radii) || radii < 2) refuse("explore", "at least 2 radii", radii);
  requireLogits(logits, classes);
  const points = { values: logits, width: classes };
  const enough = (logits.length / classes) * rate;
  const largest = distanceQuantile(points, initialQuantile, random);
  const tried = Array.from({ length: radii }, (_, i) => (largest * (radii - 1 - i)) / (radii - 1));
  const distances = nearestDistances(points);
  let seen = 0;
  let at = 0; // a radius that kept too few keeps fewer still as more becomes known
  return {
    kept(known) {
      if (known.length === 0) refuse("explore", "at least one known sample", 0);
      requireIndices(known, logits.length / classes, "explore");
      distances.add(known.slice(seen));
      seen = known.length;
      for (; at < tried.length; at++) {
        const radius = tried[at]!;
        const kept = distances.beyond(radius);
        if (kept.length > enough || radius === 0) return { radius, kept };
      }
      return refuse("explore", "finite logits", largest, "the distances between samples");
    },
  };
}

function requireLogits(logits: Float32Array, classes: number): void {
  if (!Number.isInteger(classes) || classes < 1) refuse("explore", "at least one class", classes);
  if (logits.length === 0 || logits.length % classes !== 0) refuse("explore", `rows of ${classes} logits`, `${logits.length} logits`);
  const odd = logits.findIndex((logit) => !Number.isFinite(logit));
  if (odd >= 0) refuse("explore", "finite logits", logits[odd], `sample ${Math.floor(odd / classes)}`);
}
