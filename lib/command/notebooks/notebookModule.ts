import ts from "typescript";
import { whole, type Notebook } from "./notebook";
import { solutionCells } from "./solutions";

/** All cells of a notebook as one module, and where each of its lines comes from. */
export interface NotebookModule {
  readonly text: string;
  /** For every line the cell it comes from, from 0, and its line there, from 1; the solutions come after the last cell. */
  readonly places: readonly { readonly cell: number; readonly line: number }[];
}

/**
 * Writes the code of a notebook as one module. Every cell opens a block within the one before, so that a later cell may declare
 * a name again, as in the kernel; imports come first. The solutions stand at the end, as if they were cells.
 */
export function notebookModule(notebook: Notebook): NotebookModule {
  const sources = [
    ...notebook.cells.map(({ cell_type, source }) => (cell_type === "code" ? whole(source) : "")),
    ...solutionCells(notebook).map(({ source }) => source),
  ].map(importsApart);
  const lines: string[] = [];
  const places: { cell: number; line: number }[] = [];
  const add = (text: string, cell: number, from: number) =>
    text.split("\n").forEach((line, i) => {
      lines.push(line);
      places.push({ cell, line: from + i });
    });
  const seen = new Set<string>();
  sources.forEach(({ imports }, cell) => imports.filter((one) => !seen.has(one) && seen.add(one)).forEach((one) => add(one, cell, 1)));
  sources.forEach(({ rest }, cell) => add(`;{\n${rest}`, cell, 0)); // a line more opens the block
  return { text: `${lines.join("\n")}\n${"}".repeat(sources.length)}\n`, places };
}

/** The imports of a cell, and the rest of it with as many lines. */
function importsApart(source: string): { imports: string[]; rest: string } {
  const { statements } = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022);
  let rest = source;
  const imports = statements.filter(ts.isImportDeclaration).map(({ pos, end }) => {
    const blank = source.slice(pos, end).replace(/[^\n]/g, " ");
    rest = rest.slice(0, pos) + blank + rest.slice(end);
    return source.slice(pos, end).trim();
  });
  return { imports, rest };
}
