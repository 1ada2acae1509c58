import { squaredDistance } from "../acquisition/diversity/distance";
import { kMeans } from "../acquisition/diversity/kMeans";
import type { Samples } from "../dataset/dataset";
import { sampleSize } from "../dataset/sampleSize";
import { drawWithoutReplacement } from "../random/shuffle";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";

/** The regions that a pool's samples lie in. */
export interface DensityCells {
  /** The cell of every sample, from 0 to `count` − 1; 2 bytes each. */
  readonly of: Uint16Array;
  readonly count: number;
}

export interface DensityCellsOptions {
  /** Cells, from 1 to 65,536, at most the reference samples. Default 32. */
  readonly cells?: number;
  /** Random samples that place the cells, ≥ 1; at most the pool. Default 4096. */
  readonly reference?: number;
  /** Samples read in one go, ≥ 1. Default 8192. */
  readonly block?: number;
}

/**
 * Divides a pool of any size into cells, once, for `evenPart`: k-means places them on a random part of the pool, then one pass
 * over the pool, a block at a time, gives every sample to the nearest centre.
 *
 * Time grows with samples × cells × features, memory by 6 bytes a sample while it works, 2 of which stay. Distances are those of the samples' own
 * numbers: scale them first, and for pictures hand in a network's embeddings.
 *
 * @example
 * densityCells(floatSamples(Float32Array.of(0, 1, 50, 51, 52), [1]), { cells: 2 }, randomSource(7)).of.length // 5
 * @throws {InputError} when an option is out of range, or a sample has numbers that are not finite
 * @see kMeans
 */
export function densityCells(samples: Samples, options: DensityCellsOptions, random: RandomSource): DensityCells {
  const { cells = 32, block = 8192 } = options;
  const reference = Math.min(options.reference ?? 4096, samples.count);
  if (!Number.isInteger(reference) || reference < 1) refuse("densityCells", "at least 1 reference sample", reference);
  if (!Number.isInteger(cells) || cells < 1 || cells > Math.min(65_536, reference)) refuse("densityCells", `1 to ${Math.min(65_536, reference)} cells`, cells);
  if (!Number.isInteger(block) || block < 1) refuse("densityCells", "blocks of at least 1 sample", block);
  const width = sampleSize(samples.shape);
  const everyone = Int32Array.from({ length: samples.count }, (_, i) => i);
  const values = new Float32Array(Math.max(reference, Math.min(block, samples.count)) * width);
  samples.read(Int32Array.from(drawWithoutReplacement(everyone, reference, random)).sort(), values);
  const { centres } = kMeans({ values: values.subarray(0, reference * width), width }, { clusters: cells }, random);
  const of = new Uint16Array(samples.count);
  for (let start = 0; start < of.length; start += block) {
    const rows = everyone.subarray(start, start + block);
    samples.read(rows, values);
    for (let i = 0; i < rows.length; i++) of[start + i] = nearest(values, i, centres, width, start);
  }
  return { of, count: cells };
}

function nearest(values: Float32Array, row: number, centres: Float64Array, width: number, start: number): number {
  let cell = -1;
  let smallest = Infinity;
  for (let c = 0; c * width < centres.length; c++) {
    const distance = squaredDistance(values, row, centres, c, width);
    if (distance < smallest) [cell, smallest] = [c, distance];
  }
  return cell >= 0 ? cell : refuse("densityCells", "finite numbers", "others", `sample ${start + row}`);
}
