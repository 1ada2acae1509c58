import { DuckDBInstance } from "@duckdb/node-api";

/** Writes a table with DuckDB: `query` gives its rows, the path's ending says the format. */
export async function writeTable(path: string, query: string): Promise<string> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${path}' ${path.endsWith(".parquet") ? "(FORMAT parquet, ROW_GROUP_SIZE 2048)" : "(HEADER)"}`);
  connection.closeSync();
  instance.closeSync();
  return path;
}
