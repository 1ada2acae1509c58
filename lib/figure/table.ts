/** A table: rows with named cells, or a danfojs DataFrame. */
export type Table = readonly object[] | TableFrame;

/** What almq reads of a danfojs DataFrame. */
export interface TableFrame {
  readonly columns: readonly string[];
  readonly index: readonly (string | number)[];
  readonly values: unknown;
}

/** How a table is written. */
export interface TableOptions {
  /** Decimals of numbers that are not whole, ≥ 0. Default 4. */
  readonly digits?: number;
}

/** A table as HTML. */
export function tableHtml(table: Table, options: TableOptions = {}): string {
  const { columns, rows } = cells(table, options);
  const row = (texts: readonly string[], tag: "th" | "td") => `<tr>${texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join("")}</tr>`;
  return `<table><thead>${row(columns, "th")}</thead><tbody>${rows.map((texts) => row(texts, "td")).join("")}</tbody></table>`;
}

/** A table as text, in columns; numbers stand to the right. */
export function tableText(table: Table, options: TableOptions = {}): string {
  const { columns, rows } = cells(table, options);
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]!.length)));
  const right = columns.map((_, i) => rows.every((row) => row[i] === "" || Number.isFinite(Number(row[i]))));
  const line = (texts: readonly string[]) => texts.map((text, i) => (right[i] ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))).join("  ").trimEnd(); // prettier-ignore
  return [line(columns), ...rows.map(line)].join("\n");
}

function cells(table: Table, { digits = 4 }: TableOptions): { columns: string[]; rows: string[][] } {
  const text = (value: unknown) => (value === undefined || value === null ? "" : typeof value === "number" ? numeral(value, digits) : String(value));
  if (!isRows(table)) {
    const rows = (table.values as readonly unknown[]).map((row, i) => [table.index[i], ...(Array.isArray(row) ? row : [row])].map(text));
    return { columns: ["", ...table.columns], rows };
  }
  const columns = [...new Set(table.flatMap((row) => Object.keys(row)))];
  return { columns, rows: table.map((row) => columns.map((column) => text((row as Readonly<Record<string, unknown>>)[column]))) };
}

/** Decimals as asked; a number too small for them keeps two of its own digits. */
function numeral(value: number, digits: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 0.5 * 10 ** -digits ? value.toExponential(1) : value.toFixed(digits);
}

function isRows(table: Table): table is readonly object[] {
  return Array.isArray(table);
}

/** Text that HTML shows as it is. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character]!);
}
