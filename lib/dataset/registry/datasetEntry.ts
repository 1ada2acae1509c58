import type { RandomSource } from "../../random/randomSource";
import type { Dataset } from "../dataset";
import type { Download } from "../download/download";
import type { FileSet } from "../fileSet";
import type { StandInFiles } from "../standIn/standInFiles";

/** How original images become the files of a dataset. */
export interface Preparation {
  /** Name of each file → name of the folder, in lower case, that holds its class's images. */
  readonly folders: Readonly<Record<string, string>>;
  /** Whether images with a single channel are left out, as the paper does with the animals; otherwise grey becomes colour. */
  readonly dropSingleChannel: boolean;
}

/** All that almq knows about a dataset. */
export interface DatasetEntry {
  readonly name: string;
  /** The real data in words, for titles. */
  readonly title: string;
  readonly licence: string;
  /** Who made it, and where it is described. */
  readonly citation: string;
  readonly shape: readonly number[];
  readonly classes: readonly string[];
  /** Samples of the whole set: to draw a pool from, and of the given test set, 0 where there is none. */
  readonly counts: { readonly pool: number; readonly test: number };
  /** Sets of files that make up the data; one of them is enough. */
  readonly layouts: readonly (readonly string[])[];
  readonly downloads: readonly Download[];
  /** How to get the data where no address can be given. */
  readonly byHand?: string;
  /** For datasets that are prepared from original images. */
  readonly preparation?: Preparation;
  /** Reads the data; its `source` says whether it is the real set. */
  open(files: FileSet): Dataset | Promise<Dataset>;
  readonly standIn: {
    /** In words, for titles. */
    readonly title: string;
    /** Samples drawn when no size is given. */
    readonly size: number;
    /** Makes the files of `size` samples, and of a fifth as many for the test set where there is one. */
    files(size: number, random: RandomSource): StandInFiles;
  };
}
