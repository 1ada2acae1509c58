import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Nobody who still writes has written nothing for a day. In milliseconds. */
const abandoned = 24 * 60 * 60_000;

/** Where a file or folder is written before it gets its name: hidden beside it, by this call alone, as `.NAME.xxxxxxxx.part`. */
export function partPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.part`);
}

/** What calls of `partPath` for the same file or folder have left beside it, or are writing now. */
export function partsBeside(path: string): string[] {
  const folder = dirname(path);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => /^\.(.*)\.[0-9a-f]{8}\.part$/.exec(name)?.[1] === basename(path)).map((name) => join(folder, name));
}

/** Removes what a killed process left of the same file or folder. */
export function removeAbandoned(path: string): void {
  for (const part of partsBeside(path)) {
    const { mtimeMs } = statSync(part, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (Date.now() - mtimeMs > abandoned) rmSync(part, { recursive: true, force: true });
  }
}
