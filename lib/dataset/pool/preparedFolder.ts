import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { partPath, removeAbandoned } from "../../runtime/partPath";
import { refuse } from "../../runtime/refuse";
import { systemReason } from "../../runtime/systemReason";
import { makeFolder } from "../../runtime/writableFolder";
import type { Converted } from "./tableColumns";

const caller = "loadPool";

/**
 * What was made of a file once, in a folder that appears when all of it is written; what an earlier call made of the same
 * file and the same columns is used again.
 *
 * @param origin what it is made of, in one text
 * @param make writes into the folder it is given, which is empty
 * @throws {InputError} when the folder holds other things or cannot be written; nothing is kept then
 */
export async function preparedFolder(folder: string, origin: string, make: (folder: string) => Promise<Converted>): Promise<Converted> {
  const found = kept(folder, origin);
  if (found !== undefined) return found;
  if (existsSync(folder) && !existsSync(join(folder, "pool.json"))) refuse(caller, "a folder of its own for the rows", "one with other files", folder);
  const part = partPath(folder);
  try {
    makeFolder(dirname(folder), caller);
    removeAbandoned(folder);
    mkdirSync(part);
    const converted = await make(part);
    writeFileSync(join(part, "pool.json"), JSON.stringify({ origin, ...converted }));
    const settled = kept(folder, origin); // another call may have been faster
    if (settled !== undefined) return settled;
    rmSync(folder, { recursive: true, force: true });
    renameSync(part, folder);
    return converted;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return refuse(caller, "a folder to write to: name one as cache", systemReason(error), folder);
  } finally {
    if (existsSync(part)) rmSync(part, { recursive: true, force: true });
  }
}

function kept(folder: string, origin: string): Converted | undefined {
  const note = join(folder, "pool.json");
  if (!existsSync(note)) return undefined;
  try {
    const found = JSON.parse(readFileSync(note, "utf8")) as Converted & { origin: string };
    return found.origin === origin ? found : undefined;
  } catch {
    return undefined; // a damaged note: all is made again
  }
}
