import { copyFileSync, existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { partPath, partsBeside } from "../../runtime/partPath";
import { refuse } from "../../runtime/refuse";
import { systemReason } from "../../runtime/systemReason";
import { makeFolder } from "../../runtime/writableFolder";

/** Nobody who still downloads is silent for so long: `fetch` gives up after five minutes. In milliseconds. */
const abandoned = 10 * 60_000;

/** The beginning of a file that one call downloads. */
export interface Part {
  /** `.NAME.xxxxxxxx.part`, of this call alone. */
  readonly path: string;
  /** The broken download that it goes on from. */
  readonly from?: string;
}

/**
 * Makes the file that a call downloads into, with what the longest broken download of the same file brought already.
 * That one is copied, as somebody may still be writing it, and moved where nobody can be.
 *
 * @param path where the whole file is to be
 * @param limit most bytes of a beginning that can be right
 * @throws {InputError} when nothing can be written there
 */
export function beginPart(path: string, limit: number): Part {
  const own = partPath(path);
  makeFolder(dirname(path), "fetchFile");
  try {
    const usable = partsOf(path).filter((part) => sizeOf(part) > 0 && sizeOf(part) <= limit);
    const [longest] = usable.sort((a, b) => sizeOf(b) - sizeOf(a));
    if (longest === undefined) writeFileSync(own, "");
    else if (Date.now() - statSync(longest).mtimeMs > abandoned) renameSync(longest, own);
    else copyFileSync(longest, own);
    return { path: own, ...(longest !== undefined && { from: longest }) };
  } catch (error) {
    if (existsSync(own)) rmSync(own);
    return refuse("fetchFile", "a folder that can be written to", systemReason(error), dirname(path));
  }
}

/** Keeps what a broken download brought as `NAME.part`, unless more is there already. */
export function keepPart(part: string, path: string): void {
  if (sizeOf(part) > sizeOf(`${path}.part`)) renameSync(part, `${path}.part`);
  else rmSync(part, { force: true });
}

/** Throws away what turned out wrong, and what it went on from. */
export function discard({ path, from }: Part): void {
  for (const part of [path, from]) if (part !== undefined) rmSync(part, { force: true });
}

/** Removes every beginning of a file that is whole now. */
export function removeParts(path: string): void {
  for (const part of partsOf(path)) rmSync(part, { force: true });
}

/** In bytes; 0 where there is no such file. */
export function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/** What broke off, and what calls are at or were killed at. */
function partsOf(path: string): string[] {
  return [`${path}.part`, ...partsBeside(path)].filter((part) => existsSync(part));
}
