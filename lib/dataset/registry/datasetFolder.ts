import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesOnDisk, type FileSet } from "../fileSet";
import type { DatasetEntry } from "./datasetEntry";

/** Beside the files of a made-up dataset: says so, and is not to be removed. */
export const standInMark = "STAND-IN.txt";

/** Where downloads land: `datasets/NAME` of this project. */
export function downloadFolder(name: string): string {
  return join(projectFolder(), "datasets", name);
}

/** The folder named by the environment variable ALMQ_DATA, where it is set, then the project's own. */
export function dataFolders(name: string): string[] {
  const given = process.env.ALMQ_DATA;
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

/** The folder of the package that this file belongs to, compiled or not. */
function projectFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, "utf8")) as { name?: string }).name === "almq") return folder;
    if (folder === dirname(folder)) return process.cwd();
  }
}
