import { basename } from "node:path";
import { refuse } from "../../runtime/refuse";
import { allBytes, asByteSource, type FileInput } from "../byteSource";
import type { Dataset } from "../dataset";
import { floatSamples } from "../floatSamples";
import { csvRecords } from "./csvRecords";
import { gunzipped } from "./gunzip";
import { unlabeled } from "./unlabeled";

/** How a table is understood. */
export interface CsvOptions {
  /** The column with the class; an empty cell is a sample without a label. Without this option no sample has one. */
  readonly label?: string;
  /** The columns that are the features, in this order. Default: all others. */
  readonly features?: readonly string[];
  /** Class names in the order of their indices. Default: those in the table, sorted. Needed where the table has none. */
  readonly classes?: readonly string[];
  /** In words, for titles. Default: the name of the file. */
  readonly source?: string;
}

const caller = "readCsv";
const limit = 2 ** 30;

/**
 * Reads your own table: a row per sample, a header line, numbers in the feature columns; gzipped or not.
 *
 * @returns samples of shape [features], unscaled; the label of a row without one is −1
 * @throws {InputError} naming line and column of the first cell that is wrong, or when two columns have one name, or the label is a feature
 * @example
 * const table = bytesInMemory("iris.csv", Buffer.from("width,length,kind\n1,2,a\n3,4,b\n"));
 * readCsv(table, { label: "kind" }).classes // ["a", "b"]
 */
export function readCsv(input: FileInput, options: CsvOptions = {}): Dataset {
  const file = gunzipped(asByteSource(input), caller, limit);
  const [header, ...rows] = csvRecords(allBytes(file, limit, caller), file.name, caller);
  if (header === undefined || rows.length === 0) refuse(caller, "a header line and at least one row", "none", file.name);
  const columns = header.cells;
  const twice = columns.find((name, column) => columns.indexOf(name) !== column);
  if (twice !== undefined) refuse(caller, "a name of its own for every column", `two called ${twice === "" ? "nothing" : twice}`, `${file.name} line ${header.line}`);
  const place = (name: string): number => {
    const found = columns.indexOf(name);
    return found >= 0 ? found : refuse(caller, `a column ${name}`, columns.join(", "), `${file.name} line ${header.line}`);
  };
  const labelPlace = options.label === undefined ? undefined : place(options.label);
  const places = options.features?.map(place) ?? [...columns.keys()].filter((column) => column !== labelPlace);
  if (labelPlace !== undefined && places.includes(labelPlace)) refuse(caller, "features without the label", options.label, file.name);
  if (places.length === 0) refuse(caller, "at least one feature column", "none", file.name);
  const values = rows.flatMap(({ cells, line }) => {
    if (cells.length !== columns.length) refuse(caller, `${columns.length} columns`, cells.length, `${file.name} line ${line}`);
    return places.map((column) => number(cells[column]!, `${file.name} line ${line}, column ${columns[column]}`));
  });
  const names = rows.map(({ cells }) => (labelPlace === undefined ? "" : cells[labelPlace]!));
  const classes = options.classes ?? [...new Set(names.filter((name) => name !== ""))].sort();
  if (new Set(classes).size < classes.length) refuse(caller, "classes that differ", classes);
  if (classes.length < 2) refuse(caller, "at least two classes: in the label column, or as an option", classes.length, file.name);
  const labels = names.map((name, row) => {
    const index = name === "" ? unlabeled : classes.indexOf(name);
    if (name !== "" && index < 0) refuse(caller, `a class of ${classes.join(", ")}`, name, `${file.name} line ${rows[row]!.line}`);
    return index;
  });
  return {
    name: basename(file.name),
    source: options.source ?? basename(file.name),
    standIn: false,
    classes,
    samples: floatSamples(Float32Array.from(values), [places.length]),
    labels: Int32Array.from(labels),
  };
}

/** A number that single precision can hold. */
function number(cell: string, where: string): number {
  const value = cell === "" ? NaN : Number(cell);
  return Number.isFinite(Math.fround(value)) ? value : refuse(caller, "a finite number", cell === "" ? "an empty cell" : cell, where);
}
