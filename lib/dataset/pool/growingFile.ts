import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { basename } from "node:path";
import { refuse } from "../../runtime/refuse";
import { systemReason } from "../../runtime/systemReason";
import { npyHeader } from "../standIn/npyBytes";

/** A file that is written from front to back. */
export interface GrowingFile {
  append(bytes: Uint8Array): void;
  /** Flushes it to the disk. @param shape of all that was appended, where the file is an array */
  close(shape?: readonly number[]): void;
  /** Gives it up. */
  abandon(): void;
}

/**
 * Opens a new file. With a type it is a NumPy file whose number of rows is known at its end.
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
  const file = attempt(() => openSync(path, "w"));
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
    },
    abandon: end,
  };
}
