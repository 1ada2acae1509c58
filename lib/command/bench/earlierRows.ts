import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The rows of a bench that were kept in a folder before; none where there are none. */
export function earlierRows<Row>(folder: string, bench: string): readonly Row[] {
  const file = path.join(folder, `${bench}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { rows: Row[] }).rows : [];
}
