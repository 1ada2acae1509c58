import { homedir } from "node:os";
import { whole, type Cell, type Notebook, type Output } from "./notebook";

/**
 * A notebook without what differs from run to run or from machine to machine: execution counts, metadata, the pieces that
 * printed text arrives in, and the folders of this machine. A live notebook keeps no outputs at all.
 *
 * @param root the project's folder
 */
export function withoutNoise({ cells, metadata, nbformat, nbformat_minor }: Notebook, root: string): Notebook {
  const live = metadata.almq?.live === true;
  return {
    cells: cells.map((cell) => quietCell(cell, live, root)),
    metadata: { ...(metadata.almq && { almq: metadata.almq }), ...kernel },
    nbformat,
    nbformat_minor,
  };
}

const kernel = {
  kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
  language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
};

function quietCell({ cell_type, id, source, outputs = [] }: Cell, live: boolean, root: string): Cell {
  const name = id === undefined ? {} : { id };
  if (cell_type !== "code") return { cell_type, ...name, metadata: {}, source: lines(source) };
  const kept = live ? [] : joined(outputs).map((output) => quietOutput(output, root));
  return { cell_type, execution_count: null, ...name, metadata: {}, outputs: kept, source: lines(source) };
}

/** Printed text in one piece, however it arrived. */
function joined(outputs: readonly Output[]): Output[] {
  const result: Output[] = [];
  for (const output of outputs) {
    const last = result[result.length - 1];
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name)
      result[result.length - 1] = { ...last, text: whole(last.text) + whole(output.text) };
    else result.push(output);
  }
  return result;
}

function quietOutput({ output_type, name, text, data = {}, ename, evalue }: Output, root: string): Output {
  const shown = (value: unknown) => withoutPlaces(value, root);
  if (output_type === "stream") return { ...(name && { name }), output_type, text: lines(String(shown(whole(text)))) };
  if (output_type === "error") return { ...(ename && { ename }), ...(evalue && { evalue }), output_type, traceback: [] };
  const count = output_type === "execute_result" ? { execution_count: null } : {};
  return { data: shown(data) as Output["data"] & object, ...count, metadata: {}, output_type };
}

/** A path inside the project begins at the project's folder, one inside the user's own folder with `~`. */
function withoutPlaces(value: unknown, root: string): unknown {
  if (typeof value === "string") {
    const own = value.replaceAll(`${root}/`, "").replaceAll(root, ".");
    return homedir().length > 1 ? own.replaceAll(`${homedir()}/`, "~/") : own;
  }
  if (Array.isArray(value)) return value.map((item) => withoutPlaces(item, root));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutPlaces(item, root)]));
}

/** Line by line, as Jupyter writes it. */
function lines(text: Output["text"]): string[] {
  return whole(text).split(/(?<=\n)/).filter((line) => line !== "");
}
