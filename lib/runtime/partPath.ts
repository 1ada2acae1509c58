import { randomUUID } from "node:crypto";
import { basename, dirname, join } from "node:path";

/** Where a file or folder is written before it gets its name: hidden beside it, by this call alone, as `.NAME.xxxxxxxx.part`. */
export function partPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.part`);
}
