import type { RandomSource } from "../../random/randomSource";
import { weightTree } from "../arithmetic/weightTree";

/** What is to be seeded: items by number, and how far apart two of them are. */
export interface DistanceSampling {
  readonly items: number;
  /** The first seed. */
  readonly first: number;
  /** Seeds in all, from 1 to `items`. */
  readonly count: number;
  /** Squared distance between two items, ≥ 0. */
  squaredDistance(item: number, seed: number): number;
  /** How much an item counts, ≥ 0. Default 1 each. */
  readonly weights?: Float64Array;
}

/**
 * The seeding of k-means++: after the first, each seed is drawn with probability ∝ weight · squared distance to the nearest
 * seed so far.
 *
 * Distances only shrink as seeds are added. So one from before is drawn by, and the item it points to brought up to date:
 * it is accepted with probability new / old, else drawn again. The outcome has the same law as if all distances were
 * kept up to date, which would take `items · count` of them; this takes little more than one per item.
 *
 * @returns seeds in the order of choice, none twice; items at distance 0 only when nothing else is left
 * @see Arthur, Vassilvitskii (2007), k-means++: the advantages of careful seeding, section 2.2
 */
export function distanceSampling(sampling: DistanceSampling, random: RandomSource): Int32Array {
  const { items, count, squaredDistance, weights } = sampling;
  const seeds = new Int32Array(count).fill(sampling.first);
  const weightOf = (item: number, distance: number) => (weights === undefined ? distance : weights[item]! * distance);
  const nearest = Float64Array.from({ length: items }, (_, item) => squaredDistance(item, sampling.first));
  const tree = weightTree(nearest.map((distance, item) => weightOf(item, distance)));
  const met = new Int32Array(items).fill(1); // how many seeds an item has been measured to
  tree.set(sampling.first, 0);
  for (let found = 1; found < count; ) {
    if (tree.total === 0) {
      spread(tree, items, seeds.subarray(0, found)); // what is left repeats the seeds: any of it will do
      met.fill(count);
    }
    const drawn = tree.draw(random);
    const before = tree.weight(drawn);
    for (; met[drawn]! < found; met[drawn]!++) nearest[drawn] = Math.min(nearest[drawn]!, squaredDistance(drawn, seeds[met[drawn]!]!));
    const now = met[drawn] === count ? before : weightOf(drawn, nearest[drawn]!);
    const accepted = now === before || random.next() * before < now;
    tree.set(drawn, accepted ? 0 : now);
    if (accepted) seeds[found++] = drawn;
  }
  return seeds;
}

function spread(tree: { set(item: number, weight: number): void }, items: number, seeds: Int32Array): void {
  for (let item = 0; item < items; item++) tree.set(item, 1);
  for (const seed of seeds) tree.set(seed, 0);
}
