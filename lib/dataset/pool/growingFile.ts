import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { basename } from "node:path";
import { refuse } from "../../runtime/refuse";
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
 */
export function growingFile(path: string, type?: string): GrowingFile {
  const file = openSync(path, "w");
  let open = true;
  const end = () => {
    if (open) closeSync(file);
    open = false;
  };
  if (type !== undefined) writeAll(file, npyHeader([0], type), path);
  return {
    append: (bytes) => writeAll(file, bytes, path),
    close: (shape = [0]) => {
      if (type !== undefined) writeSync(file, npyHeader(shape, type), 0, undefined, 0); // as long as the first
      fsyncSync(file);
      end();
    },
    abandon: end,
  };
}

function writeAll(file: number, bytes: Uint8Array, path: string): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } catch (error) {
    refuse("loadPool", "room on the disk", (error as Error).message, basename(path));
  }
}
