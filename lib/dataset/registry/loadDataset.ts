import { existsSync } from "node:fs";
import { join } from "node:path";
import { randomSource, type RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import { requireOneOf } from "../../runtime/requireOneOf";
import type { Dataset } from "../dataset";
import type { DownloadProgress } from "../download/download";
import { install } from "../download/install";
import { filesInMemory, filesOnDisk, type FileSet } from "../fileSet";
import type { DatasetEntry } from "./datasetEntry";
import { dataFolders, downloadFolder, findFiles, isComplete, standInMark } from "./datasetFolder";
import { datasetEntry, type DatasetName } from "./registry";
import { requireStandInSize } from "./requireStandInSize";

/** Which data `loadDataset` opens. */
export interface LoadOptions {
  /**
   * `false` (default): the real data, downloaded when it is not on this machine.
   * `true`: a stand-in that almq draws. `"if missing"`: a stand-in where the real data is not on this machine; nothing is downloaded.
   */
  readonly standIn?: boolean | "if missing";
  /** Samples of a stand-in, from 10 to as many as the real set has. Default: a few hundred or thousand, see the registry. */
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
  if (requireOneOf("loadDataset", "standIn", options.standIn ?? false, [true, false, "if missing"]) === true) return drawn(entry, options);
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
  if (entry.downloads.length === 0) refuseMissing(entry, folder);
  await install(entry.downloads, folder, onProgress);
  if (!isComplete(entry, filesOnDisk(folder))) refuse("loadDataset", `the files of ${entry.name}`, "some of them", folder);
}

/** Says how to get files that have no address, and which ones where others of them are there. */
function refuseMissing(entry: DatasetEntry, folder: string): never {
  const [names = []] = entry.layouts;
  const some = [folder, ...dataFolders(entry.name)].find((place) => names.some((name) => existsSync(join(place, name))));
  const missing = names.filter((name) => some !== undefined && !existsSync(join(some, name)));
  refuse("loadDataset", `the files of ${entry.name}`, `${some === undefined ? "none" : `all but ${missing.join(", ")}`}. ${entry.byHand ?? ""}`.trim(), some ?? folder);
}

/** Reads a dataset from its files, and says so where they are a stand-in's. */
export async function openDataset(entry: DatasetEntry, files: FileSet): Promise<Dataset> {
  const dataset = { ...(await entry.open(files)), name: entry.name };
  return files.has(standInMark) ? { ...dataset, source: entry.standIn.title, standIn: true } : dataset;
}

function drawn(entry: DatasetEntry, options: LoadOptions): Promise<Dataset> {
  const { size = entry.standIn.size, random = randomSource("almq") } = options;
  requireStandInSize(entry, size, "loadDataset");
  return openDataset(entry, filesInMemory(entry.standIn.title, [...entry.standIn.files(size, random), [standInMark, new Uint8Array()]]));
}
