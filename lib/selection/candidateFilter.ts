import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import type { DensityCells } from "./densityCells";

/**
 * Names the candidates that are worth a look this round, so that the others are neither read nor valued.
 *
 * @param atLeast how many the batch needs, ≤ the number of candidates
 * @returns some of the candidates, none twice, in their order: neighbours are read from disk in one go
 */
export type CandidateFilter = (candidates: Int32Array, atLeast: number, random: RandomSource) => Int32Array;

/**
 * Looks at a fresh random part of the candidates every round, all equally likely.
 *
 * With n candidates of which the best k are wanted, ⌈share · n⌉ are looked at, or k if that is more; a batch of k then
 * holds about share · k of the full look's batch.
 *
 * @param share of the candidates, above 0, at most 1
 * @example
 * randomPart(0.5)(Int32Array.of(3, 5, 8, 9), 1, randomSource(7)).length // 2
 * @throws {InputError} when the share is out of range
 * @see Knuth, The Art of Computer Programming, volume 2, section 3.4.2, algorithm S
 */
export function randomPart(share: number): CandidateFilter {
  requireShare("randomPart", share);
  return (candidates, atLeast, random) => drawn(candidates, () => 0, Int32Array.of(partSize(share, candidates, atLeast)), random);
}

/**
 * Looks at as many candidates of every cell, so that thinly populated regions are seen as well as crowded ones: a cell that has
 * fewer than its part is looked at as a whole, and the places it leaves go to the others. Which ones is drawn anew every round.
 *
 * Clusters made once and visited in turn, small ones first, follow Cluster-Margin, which so spreads the samples it asks for;
 * here they spread those it looks at.
 *
 * @param share of the candidates, above 0, at most 1
 * @param cells of the pool, from `densityCells`
 * @example
 * const cells = { of: Uint16Array.of(0, 0, 0, 0, 0, 1), count: 2 };
 * [...evenPart(0.3, cells)(Int32Array.of(0, 1, 2, 3, 4, 5), 1, randomSource(7))].includes(5) // true
 * @throws {InputError} when the share is out of range, or a candidate has no cell
 * @see Citovsky et al. (2021), arXiv 2107.14263
 */
export function evenPart(share: number, cells: DensityCells): CandidateFilter {
  requireShare("evenPart", share);
  return (candidates, atLeast, random) => {
    const cellOf = (sample: number) => {
      const cell = cells.of[sample];
      if (cell === undefined) return refuse("evenPart", `candidates among the ${cells.of.length} samples with a cell`, sample);
      return cell < cells.count ? cell : refuse("evenPart", `cells from 0 to ${cells.count - 1}`, cell, `sample ${sample}`);
    };
    return drawn(candidates, cellOf, evenParts(cellSizes(candidates, cellOf, cells.count), partSize(share, candidates, atLeast)), random);
  };
}

function requireShare(caller: string, share: number): void {
  if (!(share > 0 && share <= 1)) refuse(caller, "a share above 0 and at most 1", share);
}

function partSize(share: number, { length }: Int32Array, atLeast: number): number {
  return Math.min(length, Math.max(atLeast, Math.ceil(share * length - 1e-9)));
}

function cellSizes(candidates: Int32Array, cellOf: (sample: number) => number, cells: number): Int32Array {
  const sizes = new Int32Array(cells);
  for (let i = 0; i < candidates.length; i++) sizes[cellOf(candidates[i]!)]!++;
  return sizes;
}

/** How many places every cell gets of `places`: small cells first, each at most an equal part of what is left. */
function evenParts(sizes: Int32Array, places: number): Int32Array {
  const parts = new Int32Array(sizes.length);
  const bySize = [...sizes.keys()].sort((a, b) => sizes[a]! - sizes[b]!);
  let left = places;
  bySize.forEach((cell, i) => {
    parts[cell] = Math.min(sizes[cell]!, Math.floor(left / (bySize.length - i)));
    left -= parts[cell]!;
  });
  return parts;
}

/** Draws `parts[cell]` candidates of every cell in one pass: each is taken with probability wanted / left. */
function drawn(candidates: Int32Array, cellOf: (sample: number) => number, parts: Int32Array, random: RandomSource): Int32Array {
  const wanted = parts.slice();
  const left = cellSizes(candidates, cellOf, parts.length);
  const taken = new Int32Array(parts.reduce((sum, part) => sum + part, 0));
  for (let i = 0, next = 0; next < taken.length; i++) {
    const cell = cellOf(candidates[i]!);
    if (random.next() * left[cell]!-- >= wanted[cell]!) continue;
    wanted[cell]!--;
    taken[next++] = candidates[i]!;
  }
  return taken;
}
