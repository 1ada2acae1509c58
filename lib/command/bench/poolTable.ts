import { existsSync, renameSync } from "node:fs";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

export const features = 64;
export const classes = 10;

/** The true class of a row: the classes take turns. */
export const classOf = (row: number): number => row % classes;

/** A Parquet table of any size, drawn by DuckDB: uniform noise, and a bump at a few features of every class. */
export async function poolTable(folder: string, rows: number): Promise<string> {
  const file = path.join(folder, `pool-${rows}.parquet`);
  if (existsSync(file)) return file;
  const instance = await DuckDBInstance.create(":memory:", { memory_limit: "2GB" });
  const connection = await instance.connect();
  const bump = (j: number) => `CASE WHEN i % ${classes} = ${j % classes} THEN 0.15 ELSE 0 END`;
  const columns = Array.from({ length: features }, (_, j) => `((hash(i * ${features} + ${j}) % 1048576) / 1048576 + ${bump(j)})::FLOAT AS f${j}`);
  await connection.run(`COPY (SELECT i AS id, ${columns.join(", ")} FROM range(${rows}) t(i)) TO '${file}.part' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  renameSync(`${file}.part`, file);
  return file;
}
