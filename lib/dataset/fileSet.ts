import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { refuse } from "../runtime/refuse";
import { bytesInMemory, bytesOnDisk, type ByteSource } from "./byteSource";

/** The files of a dataset: a folder on disk, or files in memory under the same names. */
export interface FileSet {
  /** Named in errors. */
  readonly place: string;
  /** Whether there is such a file; names have forward slashes, e.g. `"train/y_train.txt"`. */
  has(name: string): boolean;
  /** Names of all files below a folder, sorted; `""` for all. */
  list(under: string): string[];
  /** Opens a file. */
  open(name: string): ByteSource;
}

/**
 * The files in a folder on disk.
 *
 * @throws {InputError} when there is no such folder
 */
export function filesOnDisk(folder: string): FileSet {
  if (!existsSync(folder)) refuse("filesOnDisk", "a folder", "none", folder);
  if (!statSync(folder).isDirectory()) refuse("filesOnDisk", "a folder", "a file", folder);
  return {
    place: folder,
    has: (name) => existsSync(join(folder, name)) && statSync(join(folder, name)).isFile(),
    list: (under) => {
      const start = join(folder, under);
      if (!existsSync(start)) return [];
      const found = readdirSync(start, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      return found.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/")).sort();
    },
    open: (name) => bytesOnDisk(join(folder, name)),
  };
}

/** Files that are in memory already. */
export function filesInMemory(place: string, files: Iterable<readonly [name: string, bytes: Uint8Array]>): FileSet {
  const held = new Map(files);
  return {
    place,
    has: (name) => held.has(name),
    list: (under) => [...held.keys()].filter((name) => under === "" || name.startsWith(`${under}/`)).sort(),
    open: (name) => {
      const bytes = held.get(name);
      if (bytes === undefined) refuse("filesInMemory", "a file", "none", `${place}, ${name}`);
      return bytesInMemory(basename(name), bytes);
    },
  };
}
