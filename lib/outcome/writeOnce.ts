import { closeSync, fsyncSync, linkSync, openSync, rmSync, writeSync } from "node:fs";
import { partPath } from "../runtime/partPath";
import { refuse } from "../runtime/refuse";
import { systemReason } from "../runtime/systemReason";

/**
 * Writes a file that nobody has written yet: beside its place first, flushed to the disk, then linked there. Of several
 * writers, on one machine or on many, the first one's file stands whole and the others leave it as it is.
 *
 * @returns whether it was this one that wrote it
 * @throws {InputError} when it cannot be written there
 */
export function writeOnce(path: string, content: string): boolean {
  const beside = partPath(path);
  try {
    const file = openSync(beside, "wx");
    try {
      const bytes = Buffer.from(content);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(beside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    return refuse("writeOnce", "a file that can be written", systemReason(error), path);
  } finally {
    rmSync(beside, { force: true });
  }
}
