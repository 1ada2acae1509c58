import { parse, type Info } from "csv-parse/sync";
import { refuse } from "../../runtime/refuse";

/** A row of a table with the line it is on. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * The rows of a table of comma-separated values, quoted or not, with or without a byte order mark; empty lines are left out.
 *
 * @param name of the file, for errors
 * @throws {InputError} in the caller's name when a quote is not closed or stands in a wrong place
 */
export function csvRecords(text: Uint8Array, name: string, caller: string): CsvRecord[] {
  try {
    const options = { bom: true, record_delimiter: ["\r\n", "\n", "\r"], trim: true, skip_empty_lines: true, relax_column_count: true, info: true };
    const rows = parse(Buffer.from(text), options) as unknown as { record: string[]; info: Info }[];
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    refuse(caller, "a table of comma-separated values", (error as Error).message, name);
  }
}
