import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { refuse } from "./refuse";
import { systemReason } from "./systemReason";

/**
 * Makes a folder, and those above it, where they are missing. One at a time: Node's own way of making all at once
 * never comes back from a place such as /proc, where none can be made.
 *
 * @returns the outermost folder that was made, if any
 * @throws {InputError} naming the place that is in the way
 */
export function makeFolder(folder: string, caller: string): string | undefined {
  if (existsSync(folder)) return statSync(folder).isDirectory() ? undefined : refuse(caller, "a folder", "a file", folder);
  const above = dirname(folder) === folder ? undefined : makeFolder(dirname(folder), caller);
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) refuse(caller, "a folder that can be made", systemReason(error), folder); // unless another process has just made it
  }
  return above ?? folder;
}

/**
 * Makes a folder ready to be written to, and tries it.
 *
 * @throws {InputError} when it cannot be made or written to
 */
export function writableFolder(folder: string, caller: string): void {
  makeFolder(folder, caller);
  const probe = join(folder, `.writable-${randomUUID()}`);
  try {
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    refuse(caller, "a folder that can be written to", systemReason(error), folder);
  }
}
