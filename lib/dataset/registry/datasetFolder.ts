import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";
import { filesOnDisk, type FileSet } from "../fileSet";
import type { DatasetEntry } from "./datasetEntry";

/** Beside the files of a made-up dataset: says so, and is not to be removed. */
export const standInMark = "STAND-IN.txt";

/** Where downloads land: `datasets/NAME` of this project. */
export function downloadFolder(name: string): string {
  return join(projectFolder, "datasets", name);
}

/**
 * The folder named by the environment variable ALMQ_DATA, where it is set, then the project's own.
 *
 * @throws {InputError} when ALMQ_DATA names no folder
 */
export function dataFolders(name: string): string[] {
  const given = process.env.ALMQ_DATA;
  if (given && !(existsSync(given) && statSync(given).isDirectory())) refuse("loadDataset", "a folder in ALMQ_DATA", given);
  return [...(given ? [join(given, name)] : []), downloadFolder(name)];
}

/** The first folder that has all files of the dataset. */
export function findFiles(entry: DatasetEntry): FileSet | undefined {
  for (const folder of dataFolders(entry.name)) {
    if (!existsSync(folder)) continue;
    const files = filesOnDisk(folder);
    if (isComplete(entry, files)) return files;
  }
  return undefined;
}

/** Whether one of the dataset's layouts is there in full. */
export function isComplete(entry: DatasetEntry, files: FileSet): boolean {
  return entry.layouts.some((layout) => layout.every((name) => files.has(name)));
}
