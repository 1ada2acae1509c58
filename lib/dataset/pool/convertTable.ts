import { basename, join } from "node:path";
import type { DuckDBDataChunk } from "@duckdb/node-api";
import { refuse } from "../../runtime/refuse";
import { unlabeled } from "../reader/unlabeled";
import { growingFile } from "../writer/growingFile";
import { growingTexts } from "./growingTexts";
import { column as sql, openTable, type Table } from "./table";
import type { Converted, TableColumns } from "./tableColumns";

const caller = "loadPool";
const numbers = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)$/;
/** Rows that are gathered before they are written. */
const block = 2 ** 13;

/**
 * Writes a table row-major into a folder: `values.npy`, where it has features, and `ids.txt` with `ids.npy`, and `labels.npy`.
 *
 * @param folder exists and is empty
 * @throws {InputError} naming column and row of what is not a finite number
 */
export async function convertTable(path: string, wanted: TableColumns, folder: string): Promise<Converted> {
  const table = await openTable(path);
  const where = basename(path);
  try {
    const features = chooseFeatures(table, wanted, where);
    const texts = [wanted.id, wanted.label].filter((name) => name !== undefined);
    const read = table.read([...features.map((name) => `CAST(${sql(name)} AS FLOAT)`), ...texts.map((name) => `CAST(${sql(name)} AS VARCHAR)`)]);
    const sinks: Sink[] = []; // they find their columns as they are read: features, id, label
    if (features.length > 0) sinks.push(valueSink(folder, features, where));
    if (wanted.id !== undefined) sinks.push(idSink(folder, features.length, wanted.id, where));
    if (wanted.label !== undefined) sinks.push(labelSink(folder, features.length + texts.length - 1, wanted, where));
    let rows = 0;
    try {
      for await (const chunk of read) {
        for (const sink of sinks) sink.take(chunk, rows);
        rows += chunk.rowCount;
      }
      if (rows !== (table.rows ?? rows)) refuse(caller, `${table.rows} rows, as the file says of itself`, rows, where);
      if (rows === 0) refuse(caller, "at least one row", 0, where);
      for (const sink of sinks) sink.close(rows);
    } finally {
      for (const sink of sinks) sink.abandon();
    }
    return { rows, features };
  } finally {
    table.close();
  }
}

function chooseFeatures({ columns }: Table, { features, id, label, classes }: TableColumns, where: string): readonly string[] {
  const chosen = features ?? [...columns.keys()].filter((name) => name !== id && name !== label);
  for (const name of [...chosen, id, label])
    if (name !== undefined && !columns.has(name)) refuse(caller, `a column ${name}`, [...columns.keys()].join(", "), where);
  if (chosen.length === 0 && features === undefined) refuse(caller, "at least one feature column", 0, where);
  const text = chosen.find((name) => !numbers.test(columns.get(name)!));
  if (text !== undefined) refuse(caller, `numbers in the column ${text}${features === undefined ? ", or features that leave it out" : ""}`, columns.get(text), where);
  if (label !== undefined && classes === undefined) refuse(caller, "the names of the classes with a label column", "none", where);
  return chosen;
}

/** Takes its columns out of every chunk. */
interface Sink {
  take(chunk: DuckDBDataChunk, firstRow: number): void;
  close(rows: number): void;
  abandon(): void;
}

function valueSink(folder: string, features: readonly string[], where: string): Sink {
  const file = growingFile(join(folder, "values.npy"), "<f4");
  const width = features.length;
  const rows = new Float32Array(block * width);
  return {
    take(chunk, firstRow) {
      if (chunk.rowCount > block) refuse(caller, `at most ${block} rows at a time`, chunk.rowCount, where);
      for (let feature = 0; feature < width; feature++) {
        const { values, isNull } = floats(chunk, feature);
        for (let row = 0, at = feature; row < values.length; row++, at += width) {
          const value = values[row]!;
          if (!(value - value === 0) || isNull?.(row)) refuse(caller, "a finite number", isNull?.(row) ? "null" : value, `${where}, column ${features[feature]}, row ${firstRow + row + 1}`);
          rows[at] = value;
        }
      }
      file.append(new Uint8Array(rows.buffer, 0, chunk.rowCount * width * 4));
    },
    close: (count) => file.close([count, width]),
    abandon: file.abandon,
  };
}

/** A column of single precision where DuckDB keeps it: it lives as long as the chunk. */
function floats(chunk: DuckDBDataChunk, index: number): { values: Float32Array; isNull?: (row: number) => boolean } {
  const vector = bindings().data_chunk_get_vector(chunk.chunk, index);
  const bytes = bindings().vector_get_data(vector, chunk.rowCount * 4);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, chunk.rowCount);
  const validity = bindings().vector_get_validity(vector, Math.ceil(chunk.rowCount / 64) * 8) as Uint8Array | null;
  return validity === null ? { values } : { values, isNull: (row) => ((validity[row >> 3]! >> (row & 7)) & 1) === 0 };
}

/** DuckDB's C interface; loaded when the first table is read. */
function bindings(): typeof import("@duckdb/node-bindings") {
  return require("@duckdb/node-bindings") as typeof import("@duckdb/node-bindings");
}

function idSink(folder: string, index: number, name: string, where: string): Sink {
  const texts = growingTexts(folder);
  return {
    ...texts,
    take: (chunk, firstRow) => texts.append(chunk.getColumnValues(index).map((id, row) => (id === null ? refuse(caller, "an id", "null", `${where}, column ${name}, row ${firstRow + row + 1}`) : String(id)))),
  };
}

function labelSink(folder: string, index: number, { label, classes = [] }: TableColumns, where: string): Sink {
  const file = growingFile(join(folder, "labels.npy"), "<i4");
  const places = new Map(classes.map((name, place) => [name, place]));
  return {
    take(chunk, firstRow) {
      const labels = chunk.getColumnValues(index).map((name, row) => {
        if (name === null || name === "") return unlabeled;
        return places.get(String(name)) ?? refuse(caller, `a class of ${classes.join(", ")}`, name, `${where}, column ${label}, row ${firstRow + row + 1}`);
      });
      file.append(new Uint8Array(Int32Array.from(labels).buffer));
    },
    close: (rows) => file.close([rows]),
    abandon: file.abandon,
  };
}
