import { basename } from "node:path";
import { refuse } from "../../runtime/refuse";
import { allBytes, asByteSource, type FileInput } from "../byteSource";
import type { Dataset } from "../dataset";
import { floatSamples } from "../floatSamples";
import { mostClasses } from "../indicesByClass";
import { decimal } from "./decimal";
import { eachCsvRecord } from "./eachCsvRecord";
import { growingNumbers } from "./growingNumbers";
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
 * Reads your own table: a row per sample, a header line, numbers in the feature columns; in UTF-8 (or UTF-16 with its mark), gzipped or not.
 *
 * @returns samples of shape [features], unscaled; the label of a row without one is −1
 * @throws {InputError} naming line and column of the first cell that is wrong, or when two columns have one name, or the label is a feature
 * @example
 * const table = bytesInMemory("iris.csv", Buffer.from("width,length,kind\n1,2,a\n3,4,b\n"));
 * readCsv(table, { label: "kind" }).classes // ["a", "b"]
 */
export function readCsv(input: FileInput, options: CsvOptions = {}): Dataset {
  const file = gunzipped(asByteSource(input), caller, limit);
  const values = growingNumbers(Float32Array);
  const labels = growingLabels(options.classes);
  let columns: Columns | undefined; // once the first line is read
  eachCsvRecord(allBytes(file, limit, caller), file.name, caller, (cells, line) => {
    const where = `${file.name} line ${line}`;
    if (columns === undefined) return void (columns = columnsOf(cells, options, where));
    const { names, features, label } = columns;
    if (cells.length !== names.length) refuse(caller, `${names.length} columns`, cells.length, where);
    for (const column of features) {
      const value = decimal(cells[column]!);
      if (Number.isNaN(value)) refuse(caller, "a finite number", cells[column] === "" ? "an empty cell" : cells[column], `${where}, column ${names[column]}`);
      values.append(value);
    }
    labels.append(label === undefined ? "" : cells[label]!, where);
  });
  const found = labels.all();
  if (columns === undefined || found.labels.length === 0) refuse(caller, "a header line and at least one row", "none", file.name);
  if (found.classes.length < 2) refuse(caller, "at least two classes: in the label column, or as an option", found.classes.length, file.name);
  const samples = floatSamples(values.all(), [(columns as Columns).features.length]);
  return { name: basename(file.name), source: options.source ?? basename(file.name), standIn: false, samples, ...found };
}

/** Names of all columns, and the places of those that are used. */
interface Columns {
  readonly names: readonly string[];
  readonly features: readonly number[];
  readonly label: number | undefined;
}

function columnsOf(names: readonly string[], { label, features }: CsvOptions, where: string): Columns {
  const places = new Map(names.map((name, column) => [name, column])); // the last of those of one name
  const twice = names.find((name, column) => places.get(name) !== column);
  if (twice !== undefined) refuse(caller, "a name of its own for every column", `two called ${twice === "" ? "nothing" : twice}`, where);
  const place = (name: string): number => places.get(name) ?? refuse(caller, `a column ${name}`, names.join(", "), where);
  const labelPlace = label === undefined ? undefined : place(label);
  if (features !== undefined && !Array.isArray(features)) refuse(caller, "a list of features", features);
  const featurePlaces = features?.map(place) ?? [...names.keys()].filter((column) => column !== labelPlace);
  if (labelPlace !== undefined && featurePlaces.includes(labelPlace)) refuse(caller, "features without the label", label, where);
  if (featurePlaces.length === 0) refuse(caller, "at least one feature column", "none", where);
  return { names, features: featurePlaces, label: labelPlace };
}

/** Labels by the names of their classes, which become known as they come where they are not given. */
function growingLabels(given: readonly string[] | undefined) {
  const known = new Map(given?.map((name, index) => [name, index]));
  if (given !== undefined && known.size < given.length) refuse(caller, "classes that differ", given);
  const labels = growingNumbers(Int32Array);
  const learn = (name: string, where: string): number => {
    if (given !== undefined) refuse(caller, `a class of ${given.join(", ")}`, name, where);
    if (known.size === mostClasses) refuse(caller, `at most ${mostClasses} classes`, "more", where);
    known.set(name, known.size);
    return known.size - 1;
  };
  return {
    append: (name: string, where: string) => labels.append(name === "" ? unlabeled : (known.get(name) ?? learn(name, where))),
    all: () => {
      const classes = given ?? [...known.keys()].sort();
      const sorted = new Map(classes.map((name, index) => [name, index]));
      const places = Int32Array.from(known.keys(), (name) => sorted.get(name)!);
      return { classes, labels: labels.all().map((label) => places[label] ?? unlabeled) };
    },
  };
}
