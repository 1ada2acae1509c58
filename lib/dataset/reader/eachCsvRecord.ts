import { isUtf8 } from "node:buffer";
import { parse, type InfoRecord } from "csv-parse/sync";
import { InputError, refuse } from "../../runtime/refuse";

/** Longest row, in bytes. */
const longestRow = 2 ** 24;
const utf16Mark = "fffe";

/**
 * Hands over the rows of a table of comma-separated values one by one, as a list of them would need many times the room of
 * the file. Values are quoted or not; a byte order mark and empty lines are left out.
 *
 * @param name of the file, for errors
 * @param use is given the cells of a row and the line it is on
 * @throws {InputError} in the caller's name when a quote is not closed or stands in a wrong place, a row is longer than
 * 16 MiB, or a line is in neither UTF-8 nor, with its mark, UTF-16
 */
export function eachCsvRecord(text: Uint8Array, name: string, caller: string, use: (cells: readonly string[], line: number) => void): void {
  requireLines(text, name, caller);
  const onRecord = (cells: string[], { lines }: InfoRecord) => void use(cells, lines);
  const options = { bom: true, record_delimiter: ["\r\n", "\n", "\r"], trim: true, skip_empty_lines: true, relax_column_count: true, max_record_size: longestRow };
  try {
    parse(Buffer.from(text.buffer, text.byteOffset, text.length), { ...options, on_record: onRecord });
  } catch (error) {
    if (error instanceof InputError) throw error;
    refuse(caller, "a table of comma-separated values", (error as Error).message, name);
  }
}

/** Looks at the bytes before anything is made of them: letters in another encoding would all become the same sign. */
function requireLines(text: Uint8Array, name: string, caller: string): void {
  const readable = isUtf8(text) || Buffer.from(text.subarray(0, 2)).toString("hex") === utf16Mark;
  for (let at = 0, start = 0, line = 1; at <= text.length; at++) {
    const end = at === text.length || text[at] === 10 || text[at] === 13;
    if (at - start > longestRow) refuse(caller, `rows of at most ${longestRow} bytes`, "a longer one", `${name} line ${line}`);
    if (!end) continue;
    if (!readable && !isUtf8(text.subarray(start, at))) refuse(caller, "text in UTF-8", "another encoding", `${name} line ${line}`);
    if (!(text[at] === 13 && text[at + 1] === 10)) line++;
    start = at + 1;
  }
}
