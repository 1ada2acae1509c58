import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Text as notebooks keep it: whole, or line by line. */
export type NotebookText = string | readonly string[];

/** What a cell showed: printed text, a display in several forms by MIME type, or an error. */
export interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: NotebookText;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
  readonly metadata?: object;
  readonly execution_count?: number | null;
}

export interface Cell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly id?: string;
  readonly metadata?: object;
  readonly execution_count?: number | null;
  readonly source: NotebookText;
  readonly outputs?: readonly Output[];
}

/** What a notebook says of itself. */
export interface NotebookNotes {
  /** It asks a person: it is run and checked, but keeps no outputs. */
  readonly live?: boolean;
  /** Datasets that it shows where they are at hand: elsewhere it is run and checked, but not compared. */
  readonly data?: readonly string[];
}

/** A notebook as its file holds it. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly almq?: NotebookNotes; readonly [name: string]: unknown };
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** A notebook and where it is. */
export interface NotebookFile {
  /** From the project's folder, e.g. `notebooks/teaching/01-why-label-less.ipynb`. */
  readonly path: string;
  readonly text: string;
  readonly notebook: Notebook;
}

/** Something wrong with a notebook, and where. */
export interface Fault {
  readonly path: string;
  /** Place of the cell, from 0; absent where the whole notebook is meant. */
  readonly cell?: number;
  readonly message: string;
}

/** Every notebook of a folder and its folders, in the order of their names, that one of the words stands in; without words all. */
export function readNotebooks(root: string, folder: string, words: readonly string[] = []): NotebookFile[] {
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith(".ipynb") && !name.split("/").some((part) => part.startsWith(".")))
    .map((name) => `${folder}/${name}`)
    .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, notebook: JSON.parse(text) as Notebook };
    });
}

/** Text as a whole. */
export function whole(text: NotebookText = ""): string {
  return typeof text === "string" ? text : text.join("");
}

/** A notebook as Jupyter would write it. */
export function notebookText(notebook: Notebook): string {
  return JSON.stringify(notebook, null, 1) + "\n";
}

/** A fault in one line or more: the notebook, the cell by its number and its first line, and what is wrong. */
export function faultText({ path, cell, message }: Fault, { cells }: Notebook): string {
  if (cell === undefined) return `${path}: ${message}`;
  const [first = ""] = whole(cells[cell]?.source).split("\n");
  return `${path}, cell ${cell + 1} (${first.slice(0, 60)}${first.length > 60 ? "…" : ""}): ${message}`;
}
