import { existsSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { refuse } from "../../runtime/refuse";
import { bytesOnDisk } from "../byteSource";
import type { Samples } from "../dataset";
import { requireImageSize, type ImageSize } from "../reader/decodeImage";
import { fingerprint } from "../reader/decodeImages";
import { readNpy } from "../reader/readNpy";
import { convertTable } from "./convertTable";
import { textsIn } from "./growingTexts";
import { imagesBelow, packImages } from "./packImages";
import { packedSamples } from "./packedSamples";
import type { Pool } from "./pool";
import { preparedFolder } from "./preparedFolder";
import { requireFinite } from "./requireFinite";
import type { Converted, TableColumns } from "./tableColumns";

/** How a file, or a folder of images, becomes a pool. */
export interface LoadPoolOptions extends TableColumns {
  /** The size that every image of a folder is brought to; needed with a folder. */
  readonly images?: ImageSize;
  /** Table with a row for each sample of a `.npy`, in its order: the `id` and the `label` are its columns. */
  readonly index?: string;
  /** Folder that keeps what is made once, between runs: 4 bytes per number, 1 byte per colour and pixel. Default: beside the file, `FILE.almq`. */
  readonly cache?: string;
}

const caller = "loadPool";

/**
 * Opens a Parquet or CSV file of any size, a folder of images or a NumPy file as a pool. The first time a table is written once,
 * row by row, into a file beside it, and images are packed into one; from then on every round reads that file by batch, and no
 * more than a batch is ever in memory.
 *
 * @param path a table ends in `.parquet`, `.csv`, `.tsv` or `.csv.gz` and has columns of numbers, without gaps, whose names are in the
 * first line of a CSV file; a folder is searched for PNG and JPEG images, with the folders in it, and an image's id is its name from there; an array ends in `.npy` and is of
 * single precision [sample, …], or images of bytes [sample, height, width, channel], of grey ones [sample, height, width] too
 * @returns samples of shape [features], unscaled, or [height, width, channels], from 0 to 1
 * @throws {InputError} naming column and row of the first cell that is not a finite number, or the first file that is no image;
 * nothing is kept then
 * @see https://duckdb.org, which reads the table
 */
export async function loadPool(path: string, options: LoadPoolOptions = {}): Promise<Pool> {
  if (!existsSync(path)) refuse(caller, "a file", "none", path);
  const folder = resolve(options.cache ?? `${resolve(path)}.almq`);
  if (statSync(path).isDirectory()) return fromImages(path, folder, options);
  return path.endsWith(".npy") ? fromArray(path, folder, options) : fromTable(path, folder, options);
}

async function fromTable(path: string, folder: string, columns: LoadPoolOptions): Promise<Pool> {
  if (columns.features?.length === 0) refuse(caller, "at least one feature column", 0, basename(path));
  const converted = await preparedFolder(folder, originOf([path], columns), (part) => convertTable(path, columns, part));
  return poolIn(folder, converted, join(folder, "values.npy"), columns);
}

async function fromImages(path: string, folder: string, { images, classes }: LoadPoolOptions): Promise<Pool> {
  if (images === undefined) refuse(caller, "the size of the images with a folder: images: { height, width }", "none", path);
  const names = imagesBelow(path);
  const { height, width, channels = 3 } = images;
  requireImageSize(images, caller, path);
  const origin = JSON.stringify({ format: 2, classes, files: fingerprint(names.map((name) => resolve(path, name)), { height, width, channels }) });
  const packed = await preparedFolder(folder, origin, (part) => packImages(path, names, images, classes, part));
  return poolIn(folder, packed, join(folder, "values.npy"), { id: "name", ...(classes && { label: "folder", classes }) });
}

async function fromArray(path: string, folder: string, { index, ...columns }: LoadPoolOptions): Promise<Pool> {
  const { id, label } = columns;
  const given = { ...columns, features: [] };
  const samples = packedSamples(path);
  if ((id ?? label) !== undefined && index === undefined) refuse(caller, "an index with the columns of id and label", "none", path);
  const checked = await preparedFolder(folder, originOf(index === undefined ? [path] : [path, index], given), async (part) => {
    if (readNpy(path).type === "<f4") requireFinite(samples, path);
    const converted = index === undefined ? { rows: samples.count, features: [] } : await convertTable(index, given, part);
    requireRows(samples, converted, path);
    return converted;
  });
  return poolIn(folder, checked, path, columns);
}

/** What it is made of, as it is now. */
function originOf(files: readonly string[], { features, id, label, classes }: TableColumns): string {
  const [first, ...others] = files.map((file) => {
    const { size, mtimeMs } = existsSync(file) ? statSync(file) : refuse(caller, "a file", "none", file);
    return { size, mtimeMs };
  });
  return JSON.stringify({ format: 1, ...first, features, id, label, classes, ...(others.length > 0 && { others }) });
}

function poolIn(folder: string, converted: Converted, values: string, { id, label, classes }: TableColumns): Pool {
  const samples = packedSamples(values);
  requireRows(samples, converted, values);
  return { samples, features: converted.features, id: id === undefined ? String : textsIn(folder), ...(label !== undefined && classes !== undefined && { labels: labelsIn(folder), classes }) };
}

function requireRows({ count }: Samples, { rows }: Converted, where: string): void {
  if (count === 0) refuse(caller, "at least one sample", 0, where);
  if (count !== rows) refuse(caller, `${rows} samples, as there are ids and labels`, count, where);
}

function labelsIn(folder: string): Int32Array {
  const { shape, offset } = readNpy(join(folder, "labels.npy"));
  const labels = new Int32Array(shape[0]!);
  bytesOnDisk(join(folder, "labels.npy")).read(offset, new Uint8Array(labels.buffer));
  return labels;
}
