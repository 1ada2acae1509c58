import { existsSync } from "node:fs";
import { randomSource, type RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import type { Dataset } from "../dataset";
import type { DownloadProgress } from "../download/download";
import { install } from "../download/install";
import { filesInMemory, filesOnDisk, type FileSet } from "../fileSet";
import type { DatasetEntry } from "./datasetEntry";
import { downloadFolder, findFiles, isComplete, standInMark } from "./datasetFolder";
import { datasetEntry, type DatasetName } from "./registry";

/** Which data `loadDataset` opens. */
export interface LoadOptions {
  /**
   * `false` (default): the real data, downloaded when it is not on this machine.
   * `true`: a stand-in that almq draws. `"if missing"`: a stand-in where the real data is not on this machine; nothing is downloaded.
   */
  readonly standIn?: boolean | "if missing";
  /** Samples of a stand-in, ≥ 10. Default: a few hundred or thousand, see the registry. */
  readonly size?: number;
  /** What a stand-in is drawn with. Default: one fixed seed, so that everyone sees the same. */
  readonly random?: RandomSource;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/**
 * Opens a dataset of the registry: from the folder named by ALMQ_DATA, from `datasets/NAME`, from the network, or drawn by almq.
 * What was opened is in its `source`, in words, and in `standIn`.
 *
 * @throws {InputError} when the name is unknown, the files are broken, or the data is neither here nor to be had
 * @example
 * const digits = await loadDataset("handwriting", { standIn: true, size: 50 });
 * digits.source // "digits drawn by almq (a stand-in for UCI's)"
 */
export async function loadDataset(name: DatasetName, options: LoadOptions = {}): Promise<Dataset> {
  const entry = datasetEntry(name, "loadDataset");
  if (options.standIn === true) return drawn(entry, options);
  const found = findFiles(entry);
  if (found !== undefined) return openDataset(entry, found);
  if (options.standIn === "if missing") return drawn(entry, options);
  await installDataset(entry, options.onProgress);
  return openDataset(entry, filesOnDisk(downloadFolder(name)));
}

/**
 * Downloads a dataset into a folder, unless it is there.
 *
 * @param folder default `datasets/NAME` of this project
 * @throws {InputError} when it cannot be had
 */
export async function installDataset(entry: DatasetEntry, onProgress: (progress: DownloadProgress) => void = () => {}, folder = downloadFolder(entry.name)): Promise<void> {
  if (existsSync(folder) && isComplete(entry, filesOnDisk(folder))) return;
  if (entry.downloads.length === 0) refuse("loadDataset", `the files of ${entry.name}`, `none. ${entry.byHand ?? ""}`.trim(), folder);
  await install(entry.downloads, folder, onProgress);
  if (!isComplete(entry, filesOnDisk(folder))) refuse("loadDataset", `the files of ${entry.name}`, "some of them", folder);
}

/** Reads a dataset from its files, and says so where they are a stand-in's. */
export async function openDataset(entry: DatasetEntry, files: FileSet): Promise<Dataset> {
  const dataset = { ...(await entry.open(files)), name: entry.name };
  return files.has(standInMark) ? { ...dataset, source: entry.standIn.title, standIn: true } : dataset;
}

function drawn(entry: DatasetEntry, options: LoadOptions): Promise<Dataset> {
  const { size = entry.standIn.size, random = randomSource("almq") } = options;
  if (!Number.isInteger(size) || size < 10) refuse("loadDataset", "a stand-in of at least 10 samples", size);
  return openDataset(entry, filesInMemory(entry.standIn.title, [...entry.standIn.files(size, random), [standInMark, new Uint8Array()]]));
}
