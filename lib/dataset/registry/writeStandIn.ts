import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RandomSource } from "../../random/randomSource";
import { partPath, removeAbandoned } from "../../runtime/partPath";
import { refuse } from "../../runtime/refuse";
import { makeFolder } from "../../runtime/writableFolder";
import type { DatasetEntry } from "./datasetEntry";
import { standInMark } from "./datasetFolder";
import { requireStandInSize } from "./requireStandInSize";

/**
 * Writes a stand-in to a new folder, in the file format of the real data, with a note that says what it is.
 *
 * @param folder must not exist; it appears when all files are written
 * @throws {InputError} when the folder is there already, or the size is not from 10 to that of the real set
 */
export function writeStandIn(entry: DatasetEntry, folder: string, size: number, random: RandomSource): void {
  requireStandInSize(entry, size, "writeStandIn");
  if (existsSync(folder)) refuse("writeStandIn", "a folder that does not exist yet", folder);
  const aside = partPath(folder);
  makeFolder(aside, "writeStandIn");
  removeAbandoned(folder);
  try {
    for (const [name, bytes] of entry.standIn.files(size, random)) {
      mkdirSync(dirname(join(aside, name)), { recursive: true });
      writeFileSync(join(aside, name), bytes);
    }
    writeFileSync(join(aside, standInMark), `${entry.standIn.title}: ${size} samples, seed ${random.path}. Not ${entry.title}.\n`);
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
