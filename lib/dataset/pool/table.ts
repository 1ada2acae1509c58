import { existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import { refuse } from "../../runtime/refuse";

/** A Parquet or CSV file as columns that are read from front to back. */
export interface Table {
  /** Name and DuckDB's type of every column, in their order. */
  readonly columns: ReadonlyMap<string, string>;
  /** Rows as the file itself says before it is read; absent for CSV. */
  readonly rows?: number;
  /** Reads expressions over the columns, some thousand rows at a time, in the order of the file. */
  read(expressions: readonly string[]): AsyncGenerator<DuckDBDataChunk>;
  close(): void;
}

/** What DuckDB may hold at a time; reading row by row needs far less. */
const memory = "384MB";
const caller = "loadPool";

/**
 * Opens a table with DuckDB.
 *
 * @param path ends in `.parquet`, `.csv`, `.tsv` or `.csv.gz`; the first line of a CSV file names its columns
 * @throws {InputError} when there is no such file, or it is not what its name says
 */
export async function openTable(path: string): Promise<Table> {
  if (!existsSync(path) || !statSync(path).isFile()) refuse(caller, "a file", "none", path);
  const parquet = path.endsWith(".parquet");
  if (!parquet && !/\.(csv|tsv)(\.gz)?$/.test(path)) refuse(caller, "a file that ends in .parquet, .csv or .tsv", basename(path));
  if (statSync(path).size === 0) refuse(caller, "a table", "an empty file", path);
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", { memory_limit: memory, threads: "2", autoinstall_known_extensions: "false" });
  const connection = await instance.connect();
  const from = `${parquet ? "read_parquet" : "read_csv"}(${quoted(path, "'")}${parquet ? "" : ", header = true"})`;
  const about = (sql: string) => explained(path, () => rowsOf(connection, sql));
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const described = await about(`DESCRIBE SELECT * FROM ${from}`);
    const counted = parquet ? await about(`SELECT sum(num_rows) FROM parquet_file_metadata(${quoted(path, "'")})`) : [];
    return {
      columns: new Map(described.map(([name, type]) => [String(name), String(type)])),
      ...(parquet && { rows: Number(counted[0]![0]) }),
      read: (expressions) => chunks(connection, `SELECT ${expressions.join(", ")} FROM ${from}`, path),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** A column's name as SQL takes it. */
export function column(name: string): string {
  return quoted(name, '"');
}

function quoted(text: string, mark: string): string {
  return mark + text.replaceAll(mark, mark + mark) + mark;
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly unknown[][]> {
  return (await connection.runAndReadAll(sql)).getRows() as unknown[][];
}

async function* chunks(connection: DuckDBConnection, sql: string, path: string): AsyncGenerator<DuckDBDataChunk> {
  const result = await explained(path, () => connection.stream(sql));
  for (;;) {
    const chunk = await explained(path, () => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk;
  }
}

/** DuckDB's own words without the query, which is none of the reader's, cut to what can be used. */
async function explained<T>(path: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const [said = ""] = (error as Error).message.split(/^LINE \d+:/m);
    const words = said.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    return refuse(caller, "a table that can be read", words.slice(0, 4).join("; ").slice(0, 400), basename(path));
  }
}
