import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { partPath } from "../runtime/partPath";
import { refuse } from "../runtime/refuse";
import { systemReason } from "../runtime/systemReason";
import { makeFolder } from "../runtime/writableFolder";

/**
 * Writes a file so that it appears whole or not at all: beside its place first, then moved there.
 *
 * @throws {InputError} when it cannot be written there
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  makeFolder(dirname(path), "writeWhole");
  const beside = partPath(path);
  try {
    const file = openSync(beside, "w");
    try {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    refuse("writeWhole", "a file that can be written", systemReason(error), path);
  }
}
