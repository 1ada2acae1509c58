import type { Samples } from "../dataset";

/** Samples on disk, read by batch: a pool may be larger than memory. */
export interface Pool {
  /** Unscaled; `standardize` scales them as they are read. */
  readonly samples: Samples;
  /** Names of the features, in the order of a sample's numbers; none of images and of arrays. */
  readonly features: readonly string[];
  /** What the file calls a sample: its id there, an image's name in its folder, or its number from 0 where there is none. */
  id(sample: number): string;
  /** One class index per sample, −1 where it is not known; absent without a label column. */
  readonly labels?: Int32Array;
  /** Names of the classes; absent without a label column. */
  readonly classes?: readonly string[];
}
