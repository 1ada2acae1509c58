import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename } from "node:path";
import { partPath, removeAbandoned } from "../../runtime/partPath";
import { refuse } from "../../runtime/refuse";
import { systemReason } from "../../runtime/systemReason";
import { npyHeader } from "./npyBytes";

/** A file that is written from front to back, beside its place. */
export interface GrowingFile {
  append(bytes: Uint8Array): void;
  /** Flushes it to the disk and gives it its name. @param shape of all that was appended, where the file is an array */
  close(shape?: readonly number[]): void;
  /** Gives it up, unless it is closed. */
  abandon(): void;
}

/**
 * Begins a file, which has its name when it is whole. With a type it is a NumPy file whose number of rows is known at its end.
 *
 * @param type NumPy's name of it, e.g. `"<f4"`
 * @throws {InputError} in the caller's name when it cannot be written, then or later: the disk may fill up
 */
export function growingFile(path: string, type?: string, caller = "loadPool"): GrowingFile {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      return refuse(caller, "a file that can be written", systemReason(error), basename(path));
    }
  };
  attempt(() => removeAbandoned(path));
  const part = partPath(path);
  const file = attempt(() => openSync(part, "w"));
  let open = true;
  const end = () => {
    if (open) closeSync(file);
    open = false;
  };
  const write = (bytes: Uint8Array, position?: number) =>
    attempt(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, undefined, position === undefined ? null : position + at); // a disk nearly full takes a part
    });
  if (type !== undefined) write(npyHeader([0], type));
  return {
    append: (bytes) => write(bytes),
    close: (shape = [0]) => {
      if (type !== undefined) write(npyHeader(shape, type), 0); // as long as the first
      attempt(() => fsyncSync(file));
      end();
      attempt(() => renameSync(part, path));
    },
    abandon: () => {
      end();
      rmSync(part, { force: true });
    },
  };
}
