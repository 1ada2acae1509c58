import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { allBytes, bytesOnDisk } from "../../dataset/byteSource";
import type { Samples } from "../../dataset/dataset";
import { floatSamples } from "../../dataset/floatSamples";
import { inMemory } from "../../dataset/inMemory";
import { eachCsvRecord } from "../../dataset/reader/eachCsvRecord";
import type { ImageFormat } from "../../dataset/reader/decodeImage";
import { eachImage } from "../../dataset/reader/decodeImages";
import { gunzipped } from "../../dataset/reader/gunzip";
import { readCsv } from "../../dataset/reader/readCsv";
import { standardize } from "../../dataset/standardize";
import { pictureType } from "../../oracle/person/pictureType";
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
/** Of a table, with its header. */
const mostRows = 2 ** 20;
/** What a browser shows and the decoder reads. */
const formats: readonly ImageFormat[] = ["PNG", "JPEG", "GIF"];

export interface OwnPicturesOptions {
  /** A folder in it whose pictures are no samples, e.g. that of the results. Default: none. */
  readonly except?: string;
  /** Called after every picture. */
  readonly onRead?: (read: number, of: number) => void;
}

/**
 * The pictures of a folder and the folders in it, as a pool: PNG, JPEG and GIF, stretched to 16 × 16 for the model; other
 * files, and hidden ones, are passed over.
 *
 * @throws {InputError} when there is no folder, fewer than three pictures, a BMP (it cannot be read: convert it), or a broken one
 */
export async function imageFolder(folder: string, { except, onRead }: OwnPicturesOptions = {}): Promise<OwnData> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) refuse("imageFolder", "a folder of pictures", "none", folder);
  const left = except === undefined ? undefined : relative(resolve(folder), resolve(except)) + sep;
  const names = (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /\.(png|jpe?g|gif|bmp)$/i.test(name) && !name.split(sep).some((part) => part.startsWith(".")))
    .filter((name) => !(left !== undefined && name.startsWith(left)) && statSync(join(folder, name)).isFile())
    .sort();
  const bitmap = names.find((name) => /\.bmp$/i.test(name));
  if (bitmap !== undefined) refuse("imageFolder", "PNG, JPEG and GIF pictures", "a BMP, to be converted first", join(folder, bitmap));
  if (names.length < 3) refuse("imageFolder", "at least 3 pictures (PNG, JPEG, GIF)", names.length, folder);
  const width = side * side * 3;
  const values = new Float32Array(names.length * width);
  const keep = (image: Uint8Array, i: number) => {
    image.forEach((byte, at) => (values[i * width + at] = byte / 255));
    onRead?.(i + 1, names.length);
  };
  await eachImage(names.map((name) => join(folder, name)), { height: side, width: side, channels: 3 }, keep, formats);
  const samples = floatSamples(values, [width]);
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
  const lines: (readonly string[])[] = [];
  eachCsvRecord(allBytes(file, 2 ** 30, "tableRows"), path, "tableRows", (cells) => {
    if (lines.push(cells) > mostRows) refuse("tableRows", `at most ${mostRows - 1} rows, which are all held to be shown`, "more", path);
  });
  const [header, ...rows] = lines;
  if (header === undefined || header.every((cell) => cell.trim() !== "" && Number.isFinite(Number(cell)))) refuse("tableRows", "a header line with the names of the columns", "numbers", `${path} line 1`);
  const { samples } = readCsv(file, { classes });
  if (rows.length < 3) refuse("tableRows", "at least 3 rows", rows.length, path);
  const views: SampleViews = (sample) => ({ kind: "row", cells: header.map((name, column) => [name, rows[sample]![column]!]) });
  return { pool: inMemory(standardize(samples, samples)), views, names: rows.map((_, row) => String(row + 1)) };
}
