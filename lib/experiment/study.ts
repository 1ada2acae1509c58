import type { Dataset } from "../dataset/dataset";
import { loadDataset } from "../dataset/registry/loadDataset";
import { datasetEntry, type DatasetName } from "../dataset/registry/registry";
import type { Classifier } from "../model/classifier";
import type { RandomSource } from "../random/randomSource";
import { refuse } from "../runtime/refuse";
import type { Strategy } from "../selection/strategy";
import type { ExplorationSettings } from "../selection/exploration";
import type { Fidelity, FitSettings } from "../training/fitSettings";

/** A study as data: what is repeated, with which methods, at which sizes. */
export interface Study {
  /** Name of the study and of its folder in `outcomes/`. */
  readonly name: string;
  /** Name of the dataset in the registry. */
  readonly dataset: DatasetName;
  /** Samples labeled at random before the first question. */
  readonly initial: number;
  /** Cost that every run may spend. */
  readonly budget: number;
  /** Cost between two refits. */
  readonly batchBudget: number;
  readonly fit: Omit<FitSettings, "fidelity">;
  /** Whether a refit goes on from the weights of the round before, or begins with fresh ones. Default `"goes on"`. */
  readonly refit?: "goes on" | "begins afresh";
  readonly exploration: ExplorationSettings;
  /**
   * Which replicates fit a model on the whole labeled pool. `"every replicate"` (default), or, where that costs as much as all the
   * rest, `"first replicate"`: the one whose accuracy the paper draws. `"corrected"` runs fit it in every replicate.
   * `"as many labels"`: every replicate fits it on no more labels than a run ends with, drawn at random: learning without asking.
   */
  readonly full?: "every replicate" | "first replicate" | "as many labels";
  /** Replicates that were published. Default 30. */
  readonly replicates?: number;
  /** What was made smaller, in words for the outcome. See `quickStudy`. */
  readonly quick?: string;
  /** A pool and a test set of this replicate, scaled as the model needs them. */
  readonly split: (data: Dataset, fidelity: Fidelity, random: RandomSource) => SplitDataset;
  /** The samples labeled before the first question. Default: drawn at random. */
  readonly initialSet?: (labels: Int32Array, size: number, random: RandomSource) => number[];
  /** True when all replicates of this fidelity share their split and their initial samples. Default: each has its own. */
  readonly sharedStart?: (fidelity: Fidelity) => boolean;
  /** A model with fresh weights; one that starts from published weights fetches them first. */
  readonly classifier: (data: Dataset, random: RandomSource, fidelity: Fidelity) => Classifier | Promise<Classifier>;
  /** What the model's first weights are, in words for the outcome. Default: drawn at random. */
  readonly weights?: (data: Pick<Dataset, "standIn">) => string;
  /** Brings to this machine what its models need beside the data, once, before replicates begin in several processes. */
  readonly prepare?: (data: Dataset) => Promise<unknown>;
  readonly strategies: (fidelity: Fidelity) => readonly Strategy[];
}

/** What one replicate learns from and is measured on. */
export interface SplitDataset {
  readonly pool: Pick<Dataset, "samples" | "labels">;
  readonly test: Pick<Dataset, "samples" | "labels">;
}

/** Every study keeps at least so much of its data for the pool. */
const poolShare = 0.75;

/**
 * The data of a study, or a stand-in so large that no run asks about all of its pool.
 *
 * @throws {InputError} when the data is neither here nor to be had
 */
export function studyData(study: Study, standIn: boolean): Promise<Dataset> {
  return loadDataset(study.dataset, { standIn, ...(standIn && { size: standInSize(study) }) });
}

/** The registry's size, or what is enough when the whole budget goes into the questions that show most samples for their price. */
export function standInSize({ dataset, initial, budget, strategies }: Study): number {
  const samplesPerCost = Math.max(...strategies("paper").flatMap(({ offers }) => offers.map(({ size, cost }) => size / cost)));
  return Math.max(datasetEntry(dataset).standIn.size, Math.ceil((initial + budget * samplesPerCost) / poolShare));
}

/**
 * The dataset's own pool and test set.
 *
 * @throws {InputError} when it has no test set of its own
 */
export function givenSplit({ name, samples, labels, test }: Dataset): SplitDataset {
  return { pool: { samples, labels }, test: test ?? refuse("givenSplit", "a dataset with a test set of its own", name) };
}
