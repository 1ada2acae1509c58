import { shuffle } from "../random/shuffle";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import type { Dataset, Samples } from "./dataset";
import { indicesByClass } from "./indicesByClass";
import { subset } from "./subset";

/** Some samples of a dataset with their labels. */
export interface Part {
  /** Where each sample was in what was split. */
  readonly indices: Int32Array;
  readonly samples: Samples;
  readonly labels: Int32Array;
}

/** How a dataset is split. */
export interface SplitOptions {
  /** Share of the samples that becomes the test set, above 0 and below 1; the pool gets its share rounded down. */
  readonly testShare: number;
  /** Draw the share from every class by itself, so that pool and test set have the same mix. Default false. */
  readonly stratified?: boolean;
  readonly random: RandomSource;
}

/**
 * Splits samples at random into a pool and a test set; a set apart for validation is one more split of the pool.
 *
 * @returns the two parts, each in the order of the dataset
 * @throws {InputError} when a part would be empty, or there is not one label per sample
 * @example
 * const data = { samples: floatSamples(new Float32Array(10), [1]), labels: new Int32Array(10) };
 * split(data, { testShare: 0.2, random: randomSource(1) }).test.samples.count // 2
 */
export function split(data: Pick<Dataset, "samples" | "labels">, options: SplitOptions): { pool: Part; test: Part } {
  const { testShare, stratified = false, random } = options;
  if (!(testShare > 0 && testShare < 1)) refuse("split", "a test share above 0 and below 1", testShare);
  if (data.labels.length !== data.samples.count) refuse("split", `${data.samples.count} labels for as many samples`, data.labels.length);
  const groups = stratified ? indicesByClass(data.labels) : [Int32Array.from(data.labels.keys())];
  const test: number[] = [];
  const pool: number[] = [];
  for (const group of groups) {
    const drawn = shuffle(group, random);
    const kept = Math.floor((1 - testShare) * drawn.length + 1e-9); // 0.7 × 10 is 6.999… in binary
    for (const index of drawn.subarray(0, kept)) pool.push(index);
    for (const index of drawn.subarray(kept)) test.push(index);
  }
  if (test.length === 0 || pool.length === 0) refuse("split", "a sample in each part", `${pool.length} and ${test.length} of ${data.labels.length}`);
  return { pool: part(data, pool), test: part(data, test) };
}

/** The samples at some indices, as a part of their own in ascending order. */
export function part(data: Pick<Dataset, "samples" | "labels">, indices: ArrayLike<number>): Part {
  const ordered = Int32Array.from(indices).sort();
  return { indices: ordered, samples: subset(data.samples, ordered), labels: ordered.map((index) => data.labels[index]!) };
}
