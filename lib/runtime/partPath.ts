import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Nobody who still writes has written nothing for a day. In milliseconds. */
const abandoned = 24 * 60 * 60_000;

/** Where a file or folder is written before it gets its name: hidden beside it, by this call alone, as `.NAME.xxxxxxxx.part`. */
export function partPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.part`);
}

/** Removes what a killed process left of the same file or folder. */
export function removeAbandoned(path: string): void {
  if (!existsSync(dirname(path))) return;
  const isPart = (name: string) => name.replace(/^\.(.*)\.[0-9a-f]{8}\.part$/, "$1") === basename(path) && name !== basename(path);
  for (const part of readdirSync(dirname(path)).filter(isPart).map((name) => join(dirname(path), name))) {
    const { mtimeMs } = statSync(part, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (Date.now() - mtimeMs > abandoned) rmSync(part, { recursive: true, force: true });
  }
}
