import { randomUUID } from "node:crypto";

/** Where a file or folder is written before it gets its name: beside it, by this call alone, as `NAME.xxxxxxxx.part`. */
export function partPath(path: string): string {
  return `${path}.${randomUUID().slice(0, 8)}.part`;
}
