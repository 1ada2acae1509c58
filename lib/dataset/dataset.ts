/** Samples that are read a batch at a time, from memory or from disk, normalised as the model needs them. */
export interface Samples {
  readonly count: number;
  /** Shape of one sample, e.g. `[64]` for counts or `[28, 28, 1]` for an image (height, width, channel). */
  readonly shape: readonly number[];
  /**
   * Writes the samples at `indices`, one after the other, row-major, to the front of `out`.
   *
   * @param out at least `indices.length` × the product of `shape`
   */
  read(indices: ArrayLike<number>, out: Float32Array): void;
}

/** Samples, their labels, and where they come from. */
export interface Dataset {
  /** The registry's name, e.g. `"handwriting"`. */
  readonly name: string;
  /** In words, for titles: "UCI handwritten digits", or "digits drawn by almq (a stand-in)". */
  readonly source: string;
  /** True when almq made the data itself: such results are never shown as the real ones. */
  readonly standIn: boolean;
  readonly classes: readonly string[];
  readonly samples: Samples;
  /** One class index per sample. */
  readonly labels: Int32Array;
  /** The given test set, where the dataset has one. */
  readonly test?: { readonly samples: Samples; readonly labels: Int32Array };
}
