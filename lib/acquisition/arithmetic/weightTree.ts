import type { RandomSource } from "../../random/randomSource";

/** Weights that change one at a time, and draws in proportion to them: both in log(count) steps. */
export interface WeightTree {
  readonly total: number;
  weight(item: number): number;
  set(item: number, weight: number): void;
  /** An item with probability weight / total. Some weight must be above 0. */
  draw(random: RandomSource): number;
}

/** A binary tree whose leaves are the weights and whose nodes hold the sum of what is below them. */
export function weightTree(weights: Float64Array): WeightTree {
  const leaves = 2 ** Math.ceil(Math.log2(weights.length));
  const sums = new Float64Array(2 * leaves);
  sums.set(weights, leaves);
  for (let node = leaves - 1; node >= 1; node--) sums[node] = sums[2 * node]! + sums[2 * node + 1]!;
  return {
    get total() {
      return sums[1]!;
    },
    weight: (item) => sums[leaves + item]!,
    set: (item, weight) => {
      sums[leaves + item] = weight;
      for (let node = (leaves + item) >> 1; node >= 1; node >>= 1) sums[node] = sums[2 * node]! + sums[2 * node + 1]!;
    },
    draw: (random) => {
      let left = random.next() * sums[1]!;
      let node = 1;
      while (node < leaves) {
        node *= 2;
        // Rounding may point past the last weight: never into a part that has none.
        if (left >= sums[node]! && sums[node + 1]! > 0) left -= sums[node++]!;
      }
      return node - leaves;
    },
  };
}
