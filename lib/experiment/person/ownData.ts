import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { allBytes, bytesOnDisk } from "../../dataset/byteSource";
import type { Samples } from "../../dataset/dataset";
import { floatSamples } from "../../dataset/floatSamples";
import { inMemory } from "../../dataset/inMemory";
import { csvRecords } from "../../dataset/reader/csvRecords";
import { gunzipped } from "../../dataset/reader/gunzip";
import { readCsv } from "../../dataset/reader/readCsv";
import { standardize } from "../../dataset/standardize";
import { imagePixels, pictureType } from "../../model/imagePixels";
import type { SampleViews } from "../../oracle/person/sampleView";
import { refuse } from "../../runtime/refuse";

/** Somebody's own samples, ready to be asked about. */
export interface OwnData {
  readonly pool: Samples;
  readonly views: SampleViews;
  /** One per sample: a file's name, or a row's number. */
  readonly names: readonly string[];
}

/** Pixels of a side, as the model sees a picture. */
const side = 16;

export interface OwnPicturesOptions {
  /** A folder in it whose pictures are no samples, e.g. that of the results. Default: none. */
  readonly except?: string;
  /** Called after every picture. */
  readonly onRead?: (read: number, of: number) => void;
}

/**
 * The pictures of a folder and the folders in it, as a pool: PNG, JPEG, GIF and BMP; other files, and hidden ones, are
 * passed over.
 *
 * @throws {InputError} when there is no folder, fewer than three pictures, or a broken one
 */
export function imageFolder(folder: string, { except, onRead }: OwnPicturesOptions = {}): OwnData {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) refuse("imageFolder", "a folder of pictures", "none", folder);
  const left = except === undefined ? undefined : relative(resolve(folder), resolve(except)) + sep;
  const names = (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /\.(png|jpe?g|gif|bmp)$/i.test(name) && !name.split(sep).some((part) => part.startsWith(".")))
    .filter((name) => !(left !== undefined && name.startsWith(left)) && statSync(join(folder, name)).isFile())
    .sort();
  if (names.length < 3) refuse("imageFolder", "at least 3 pictures (PNG, JPEG, GIF, BMP)", names.length, folder);
  const values = new Float32Array(names.length * side * side * 3);
  names.forEach((name, i) => {
    values.set(imagePixels(readFileSync(join(folder, name)), side, join(folder, name)), i * side * side * 3);
    onRead?.(i + 1, names.length);
  });
  const samples = floatSamples(values, [side * side * 3]);
  const views: SampleViews = (sample) => {
    const bytes = readFileSync(join(folder, names[sample]!));
    return { kind: "image", type: pictureType(bytes)!, bytes };
  };
  return { pool: inMemory(standardize(samples, samples)), views, names };
}

/**
 * The rows of a table of numbers with a header line, gzipped or not, as a pool.
 *
 * @throws {InputError} when it has no header, fewer than three rows, or a cell that is not a number
 */
export function tableRows(path: string, classes: readonly string[]): OwnData {
  if (!existsSync(path)) refuse("tableRows", "a table", "no such file", path);
  const file = gunzipped(bytesOnDisk(path), "tableRows");
  const [header, ...rows] = csvRecords(allBytes(file, 2 ** 30, "tableRows"), path, "tableRows");
  if (header === undefined || header.cells.every((cell) => cell.trim() !== "" && Number.isFinite(Number(cell)))) refuse("tableRows", "a header line with the names of the columns", "numbers", `${path} line 1`);
  const { samples } = readCsv(file, { classes });
  if (rows.length < 3) refuse("tableRows", "at least 3 rows", rows.length, path);
  const views: SampleViews = (sample) => ({ kind: "row", cells: header.cells.map((name, column) => [name, rows[sample]!.cells[column]!]) });
  return { pool: inMemory(standardize(samples, samples)), views, names: rows.map((_, row) => String(row + 1)) };
}
