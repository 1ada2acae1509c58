import { buffer } from "node:stream/consumers";
import { refuse } from "../runtime/refuse";
import { eachZipEntry } from "./download/zipEntries";
import { filesInMemory, filesOnDisk, type FileSet } from "./fileSet";

/** Most bytes of all files of a zip together, unpacked. */
const limit = 2 ** 30;

/**
 * The files of a folder, or of a zip (zips inside it included), for the readers that want several.
 *
 * @throws {InputError} when there is no such folder, or the zip is broken, climbs out of itself, or unpacks to more than 1 GiB
 */
export async function openFiles(path: string): Promise<FileSet> {
  if (!path.toLowerCase().endsWith(".zip")) return filesOnDisk(path);
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  await eachZipEntry(path, async (entry) => {
    bytes += entry.size;
    if (bytes > limit) refuse("openFiles", `at most ${limit} unpacked bytes`, bytes, entry.name);
    files.set(entry.name, (await entry.sendTo((content) => buffer(content))) as Buffer);
  });
  return filesInMemory(path, files);
}
