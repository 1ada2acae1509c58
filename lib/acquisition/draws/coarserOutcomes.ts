import type { LabelOutcomes } from "./labelOutcomes";

/** Outcomes taken together: a stretch of `order`, the sum of their weights, and where they differ most. */
interface Group {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly mean: Float64Array;
  /** The draw on whose probability the outcomes differ most, and by how much: weight × variance. */
  readonly widest: number;
  readonly spread: number;
}

/**
 * The same outcomes seen more and more finely: at each size, those that say nearly the same about the draw count as one.
 *
 * Entropy is concave, so coarser outcomes never leave less label entropy than finer ones: they bound it from above, closely
 * when what they put together is alike. Starting from one group of all, the group that is spread widest is
 * split at its mean, over and over.
 *
 * @param sizes numbers of groups, ascending; those that reach the number of outcomes are left out
 */
export function coarserOutcomes(outcomes: LabelOutcomes, sizes: readonly number[]): LabelOutcomes[] {
  const order = Int32Array.from(outcomes.weights.keys());
  const groups = [groupOf(outcomes, order, 0, order.length)];
  const levels: LabelOutcomes[] = [];
  for (const size of sizes.filter((size) => size < order.length)) {
    while (groups.length < size) {
      const widest = groups.reduce((best, group, g) => (group.spread > groups[best]!.spread ? g : best), 0);
      const { start, end, spread } = groups[widest]!;
      if (spread === 0) break;
      const middle = partition(outcomes, order, groups[widest]!);
      groups[widest] = groupOf(outcomes, order, start, middle);
      groups.push(groupOf(outcomes, order, middle, end));
    }
    levels.push(together(groups, outcomes.draws));
  }
  return levels;
}

function groupOf({ weights, posteriors, draws }: LabelOutcomes, order: Int32Array, start: number, end: number): Group {
  const mean = new Float64Array(draws);
  const square = new Float64Array(draws);
  let weight = 0;
  for (const outcome of order.subarray(start, end)) {
    weight += weights[outcome]!;
    for (let draw = 0; draw < draws; draw++) {
      const share = weights[outcome]! * posteriors[outcome * draws + draw]!;
      mean[draw]! += share;
      square[draw]! += share * posteriors[outcome * draws + draw]!;
    }
  }
  for (let draw = 0; draw < draws; draw++) mean[draw]! /= weight;
  const spreads = square.map((sum, draw) => sum - weight * mean[draw]! ** 2);
  const widest = spreads.reduce((best, spread, draw) => (spread > spreads[best]! ? draw : best), 0);
  const rounding = 1e-15 * weight;
  return { start, end, weight, mean, widest, spread: spreads[widest]! > rounding ? spreads[widest]! : 0 };
}

/** Puts the outcomes below the mean first; both sides have some. */
function partition({ posteriors, draws }: LabelOutcomes, order: Int32Array, { start, end, mean, widest }: Group): number {
  const stretch = order.subarray(start, end);
  const below = stretch.filter((outcome) => posteriors[outcome * draws + widest]! < mean[widest]!);
  const above = stretch.filter((outcome) => posteriors[outcome * draws + widest]! >= mean[widest]!);
  stretch.set(below);
  stretch.set(above, below.length);
  return start + below.length;
}

function together(groups: readonly Group[], draws: number): LabelOutcomes {
  const posteriors = new Float64Array(groups.length * draws);
  groups.forEach(({ mean }, group) => posteriors.set(mean, group * draws));
  return { weights: Float64Array.from(groups, ({ weight }) => weight), posteriors, draws };
}
