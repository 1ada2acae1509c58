import { createHash } from "node:crypto";
import { refuse } from "../../runtime/refuse";
import { allBytes, asByteSource, type ByteSource, type FileInput } from "../byteSource";
import type { Dataset } from "../dataset";
import { floatSamples } from "../floatSamples";
import { eachCsvRecord } from "./eachCsvRecord";

/** The order of the paper's code: class 0 is digit 1, class 9 is digit 0. */
export const handwritingClasses: readonly string[] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

const counts = Array.from({ length: 64 }, (_, i) => `V${i + 1}`);
/** SHA-256 of the UCI rows: `optdigits.tra`, then `optdigits.tes`. */
const uciRows = "ff5bdca1a597fde4361854eeec741dc671a97633a1de46f1ac23fc173f95306b";
const caller = "readHandwriting";

interface Row {
  readonly counts: Uint8Array;
  readonly class: number;
}

/**
 * Reads handwritten digits as 8 × 8 counts of 0 to 16 dark pixels, in either form they are passed around in:
 *
 * - a CSV with the columns `Yall` (1 to 10, 10 for digit 0) and `V1` … `V64`, in any order;
 * - the UCI files `optdigits.tra` and `optdigits.tes`: 64 counts and the digit, without a header.
 *
 * Samples are counts / 16; classes are digits 1 … 9, 0. Nothing is scaled by the data: see `standardize`.
 *
 * @param input one file, or several that are read one after the other
 * @throws {InputError} naming file, line and column of the first value that is wrong, or when there are fewer than 10 rows
 * @see UCI Machine Learning Repository, doi 10.24432/C50P49
 */
export function readHandwriting(input: FileInput | readonly FileInput[]): Dataset {
  const rows = [input].flat().flatMap((file) => rowsOf(asByteSource(file as FileInput)));
  if (rows.length < 10) refuse(caller, "at least 10 rows, one for every digit", `${rows.length}`);
  const real = fingerprint(rows) === uciRows;
  return {
    name: "handwriting",
    source: real ? "UCI handwritten digits" : `handwritten digits from a file (${rows.length} rows, not the UCI set)`,
    standIn: false,
    classes: handwritingClasses,
    samples: floatSamples(Float32Array.from({ length: rows.length * 64 }, (_, at) => rows[at >> 6]!.counts[at & 63]! / 16), [64]),
    labels: Int32Array.from(rows, (row) => row.class),
  };
}

function rowsOf(file: ByteSource): Row[] {
  const rows: Row[] = [];
  let form: Form | undefined; // once the first line is read
  eachCsvRecord(allBytes(file, 64 * 2 ** 20, caller), file.name, caller, (cells, line) => {
    const first = form === undefined;
    form ??= formOf(cells, file.name);
    const { named, width, label, places } = form;
    if (first && named) return;
    const at = (name: string) => `${file.name} line ${line}, column ${name}`;
    if (cells.length !== width) refuse(caller, `${width} columns`, cells.length, `${file.name} line ${line}`);
    rows.push({
      counts: Uint8Array.from(places, (place, i) => whole(cells[place]!, "a count", 0, 16, () => at(counts[i]!))),
      class: classOf(cells[label]!, named, () => at(named ? "Yall" : "digit")),
    });
  });
  if (form === undefined) refuse(caller, "at least 10 rows, one for every digit", "an empty file", file.name);
  return rows;
}

/** Where the counts and the label are in a row, and whether the first line says so. */
interface Form {
  readonly named: boolean;
  readonly width: number;
  readonly label: number;
  readonly places: readonly number[];
}

function formOf(header: readonly string[], name: string): Form {
  const named = header.filter((cell) => Number.isNaN(Number(cell))).length > header.length / 2;
  const label = named ? "Yall" : "digit";
  const columns = named ? header : [...counts, label];
  const missing = [label, ...counts].find((column) => !columns.includes(column));
  if (missing !== undefined) refuse(caller, `a column ${missing}`, "none", `${name} line 1`);
  return { named, width: columns.length, label: columns.indexOf(label), places: counts.map((column) => columns.indexOf(column)) };
}

function classOf(cell: string, named: boolean, where: () => string): number {
  if (named) return whole(cell, "a label", 1, 10, where) - 1;
  return (whole(cell, "a digit", 0, 9, where) + 9) % 10;
}

function whole(cell: string, what: string, least: number, most: number, where: () => string): number {
  const value = /^\d+$/.test(cell) ? Number(cell) : NaN;
  if (!(value >= least && value <= most)) refuse(caller, `${what} from ${least} to ${most}`, cell === "" ? "an empty cell" : cell, where());
  return value;
}

/** The same for every form of the same rows. */
function fingerprint(rows: readonly Row[]): string {
  const digest = createHash("sha256");
  for (const row of rows) digest.update(`${row.counts.join()},${(row.class + 1) % 10}\n`);
  return digest.digest("hex");
}
