import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { refuse } from "../../runtime/refuse";
import { bytesOnDisk } from "../byteSource";
import { readNpy } from "../reader/readNpy";
import { convertTable } from "./convertTable";
import type { Pool } from "./pool";
import { rowFile } from "./rowFile";
import type { Converted, TableColumns } from "./tableColumns";
import { textFile } from "./textFile";

/** How a table becomes a pool. */
export interface LoadPoolOptions extends TableColumns {
  /** Folder that keeps the rows between runs: 4 bytes per number. Default: beside the file, `FILE.almq`. */
  readonly cache?: string;
}

const caller = "loadPool";

/**
 * Opens a Parquet or CSV file of any size as a pool. The first time it is written once, row by row, into a file beside it;
 * from then on every round reads that file by batch, and no more than a batch is ever in memory.
 *
 * @param path ends in `.parquet`, `.csv`, `.tsv` or `.csv.gz`; columns of numbers, without gaps
 * @returns samples of shape [features], unscaled
 * @throws {InputError} naming column and row of the first cell that is not a finite number; nothing is kept then
 * @see https://duckdb.org, which reads the table
 */
export async function loadPool(path: string, options: LoadPoolOptions = {}): Promise<Pool> {
  if (!existsSync(path)) refuse(caller, "a file", "none", path);
  const folder = resolve(options.cache ?? `${path}.almq`);
  const { size, mtimeMs } = statSync(path);
  const { features, id, label, classes } = options;
  const origin = JSON.stringify({ format: 1, size, mtimeMs, features, id, label, classes });
  const { rows, features: names } = kept(folder, origin) ?? (await convertInto(folder, origin, path, options));
  const samples = rowFile(join(folder, "values.npy"));
  if (samples.count !== rows) refuse(caller, `${rows} rows`, samples.count, folder);
  const idOf = id === undefined ? String : textFile(join(folder, "ids.txt"), join(folder, "ids.npy"));
  return { samples, features: names, id: idOf, ...(label !== undefined && classes !== undefined && { labels: labelsIn(folder), classes }) };
}

/** What an earlier call left of the same file and the same columns. */
function kept(folder: string, origin: string): Converted | undefined {
  const note = join(folder, "pool.json");
  if (!existsSync(note)) return undefined;
  const found = JSON.parse(readFileSync(note, "utf8")) as Converted & { origin: string };
  return found.origin === origin ? found : undefined;
}

/** The folder appears when all of it is written. */
async function convertInto(folder: string, origin: string, path: string, columns: TableColumns): Promise<Converted> {
  if (existsSync(folder) && !existsSync(join(folder, "pool.json"))) refuse(caller, "a folder of its own for the rows", "one with other files", folder);
  const part = `${folder}.${process.pid}.part`;
  try {
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    const converted = await convertTable(path, columns, part);
    writeFileSync(join(part, "pool.json"), JSON.stringify({ origin, ...converted }));
    const settled = kept(folder, origin); // another process may have been faster
    if (settled !== undefined) return settled;
    rmSync(folder, { recursive: true, force: true });
    renameSync(part, folder);
    return converted;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EACCES" || (error as NodeJS.ErrnoException).code === "EROFS") refuse(caller, "a folder to write to: name one as cache", (error as Error).message, path);
    throw error;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

function labelsIn(folder: string): Int32Array {
  const { shape, offset } = readNpy(join(folder, "labels.npy"));
  const labels = new Int32Array(shape[0]!);
  bytesOnDisk(join(folder, "labels.npy")).read(offset, new Uint8Array(labels.buffer));
  return labels;
}
