import { createReadStream, createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { refuse } from "../../runtime/refuse";

/**
 * Unpacks some files of a gzipped tar archive. Files land only under the names given here, never under the archive's.
 *
 * @param take names in the archive → names below `folder`
 * @param limit most bytes that all files taken may have together
 * @throws {InputError} when the archive is broken, is larger than `limit`, or lacks a file
 */
export async function untar(archive: string, folder: string, take: Readonly<Record<string, string>>, limit: number): Promise<void> {
  const left = new Map(Object.entries(take));
  const stop = new AbortController();
  const written: Promise<void>[] = [];
  let bytes = 0;
  const onReadEntry = (entry: ReadEntry) => {
    const name = entry.type === "File" ? left.get(entry.path) : undefined;
    if (name === undefined) return void entry.resume();
    left.delete(entry.path);
    bytes += entry.size;
    if (bytes > limit) return stop.abort(new Error(`more than ${limit} bytes`));
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    written.push(pipeline(entry as unknown as NodeJS.ReadableStream, createWriteStream(join(folder, name)), { signal: stop.signal }));
  };
  try {
    const parser = new Parser({ strict: true, onReadEntry }) as unknown as NodeJS.WritableStream;
    await pipeline(createReadStream(archive), createGunzip(), parser, { signal: stop.signal });
    await Promise.all(written);
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(written);
    refuse("untar", "a whole tar archive", ((stop.signal.reason ?? error) as Error).message, archive);
  }
  const [missing] = left.keys();
  if (missing !== undefined) refuse("untar", `a file ${missing} in the archive`, "none", archive);
}
