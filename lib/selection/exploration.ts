import { drawWithoutReplacement } from "../random/shuffle";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";

export interface ExplorationSettings {
  /** A radius is accepted when more than this share of the pool stays, from 0 to 1; default 0.25. */
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
 * @throws {InputError} when nothing is known or a share is out of range
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
  const count = logits.length / classes;
  const largest = distanceQuantile(logits, classes, initialQuantile, random);
  const tried = Array.from({ length: radii }, (_, i) => (largest * (radii - 1 - i)) / (radii - 1));
  const nearest = new Float64Array(count).fill(Infinity); // squared distance to the nearest known sample
  let seen = 0;
  return {
    kept(known) {
      if (known.length === 0) refuse("explore", "at least one known sample", 0);
      approach(logits, classes, known.slice(seen), nearest);
      seen = known.length;
      for (const radius of tried) {
        const kept = beyond(nearest, radius);
        if (kept.length > count * rate || radius === 0) return { radius, kept };
      }
      return refuse("explore", "finite logits", largest, "the distances between samples");
    },
  };
}

/**
 * Lowers each sample's squared distance to its nearest known sample by the newly known ones.
 * Those the model takes for the same class come first: they are likely near, and what is farther is given up early.
 */
function approach(logits: Float32Array, classes: number, known: readonly number[], nearest: Float64Array): void {
  const groups = Array.from({ length: classes }, () => [] as number[]);
  for (const sample of known) groups[largestLogit(logits, classes, sample)]!.push(sample);
  const centres = groups.map((group) => Float64Array.from(group.flatMap((sample) => Array.from(logits.subarray(sample * classes, (sample + 1) * classes)))));
  for (let i = 0; i < nearest.length; i++) {
    const first = largestLogit(logits, classes, i);
    for (let turn = 0; turn < classes; turn++)
      nearest[i] = nearer(logits, i * classes, centres[(first + turn) % classes]!, classes, nearest[i]!);
  }
}

/** The squared distance from one point to the nearest centre, or `least` when none is nearer. */
function nearer(logits: Float32Array, start: number, centres: Float64Array, classes: number, least: number): number {
  for (let c = 0; c < centres.length; c += classes) {
    let squared = 0;
    for (let l = 0; l < classes && squared < least; l++) {
      const difference = logits[start + l]! - centres[c + l]!;
      squared += difference * difference;
    }
    if (squared < least) least = squared;
  }
  return least;
}

function largestLogit(logits: Float32Array, classes: number, sample: number): number {
  let best = 0;
  for (let l = 1; l < classes; l++) if (logits[sample * classes + l]! > logits[sample * classes + best]!) best = l;
  return best;
}

function beyond(nearestSquared: Float64Array, radius: number): Int32Array {
  const kept: number[] = [];
  for (let i = 0; i < nearestSquared.length; i++) if (nearestSquared[i]! > radius * radius) kept.push(i);
  return Int32Array.from(kept);
}

/**
 * A quantile of all pairwise distances (the full matrix, its zero diagonal included, linear interpolation)
 * between at most 1,000 random samples.
 */
function distanceQuantile(logits: Float32Array, classes: number, quantile: number, random: RandomSource): number {
  const count = logits.length / classes;
  const all = Array.from({ length: count }, (_, i) => i);
  const chosen = count > 1000 ? drawWithoutReplacement(all, 1000, random) : all;
  const n = chosen.length;
  const squared = new Float64Array((n * (n - 1)) / 2);
  const points = Float64Array.from(chosen.flatMap((sample) => Array.from(logits.subarray(sample * classes, (sample + 1) * classes))));
  for (let i = 0, at = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let l = 0; l < classes; l++) {
        const difference = points[i * classes + l]! - points[j * classes + l]!;
        sum += difference * difference;
      }
      squared[at++] = sum;
    }
  // In the sorted n × n matrix the diagonal's n zeros stand first, then every pair twice.
  const place = quantile * (n * n - 1);
  const below = Math.floor(place);
  const distanceAt = (rank: number) => (rank < n ? 0 : Math.sqrt(smallest(squared, Math.floor((rank - n) / 2))));
  const low = distanceAt(below);
  return place === below ? low : low + (place - below) * (distanceAt(below + 1) - low);
}

/** The value at `rank` (0 = smallest) of the values, which are partly sorted in place (Hoare's quickselect). */
export function smallest(values: Float64Array, rank: number): number {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1]!;
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (rank <= j) to = j;
    else if (rank >= i) from = i;
    else break;
  }
  return values[rank]!;
}
