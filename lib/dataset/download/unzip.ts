import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { refuse } from "../../runtime/refuse";
import { eachZipEntry } from "./zipEntries";

/**
 * Unpacks some files of a zip, also out of zips inside it, checking names, sizes and CRC-32.
 *
 * @param take names in the archive → names below `folder`; a name in an inner zip is that zip's own
 * @param limit most bytes that all files taken may have together
 * @throws {InputError} when the archive is broken, climbs out of its folder, is larger than `limit`, or lacks a file
 */
export async function unzip(archive: string, folder: string, take: Readonly<Record<string, string>>, limit: number): Promise<void> {
  const left = new Map(Object.entries(take));
  let bytes = 0;
  await eachZipEntry(archive, async (entry) => {
    const name = left.get(entry.name);
    if (name === undefined) return;
    left.delete(entry.name);
    bytes += entry.size;
    if (bytes > limit) refuse("unzip", `at most ${limit} bytes`, bytes, entry.name);
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    await entry.sendTo(createWriteStream(join(folder, name)));
  });
  const [missing] = left.keys();
  if (missing !== undefined) refuse("unzip", `a file ${missing} in the archive`, "none", archive);
}
