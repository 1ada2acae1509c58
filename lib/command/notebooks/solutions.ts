import { whole, type Cell, type Fault, type Notebook, type NotebookFile } from "./notebook";

/** A cell that a solution adds behind the notebook: the answer itself, or the check of an exercise. */
interface SolutionCell {
  readonly source: string;
  /** The answer that is checked; absent in the cells of the answers. */
  readonly checks?: string;
}

/**
 * The folded solutions of a notebook as cells: each answer, and behind it the check of its exercise.
 * A solution is a block of TypeScript within `<details>` that declares the exercise's answer.
 */
export function solutionCells({ cells }: Notebook): SolutionCell[] {
  const prose = cells.filter(({ cell_type }) => cell_type === "markdown").map(({ source }) => whole(source)).join("\n");
  const folded = [...prose.matchAll(/<details>[\s\S]*?<\/details>/g)].join("\n");
  return [...folded.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```/gm)].flatMap(([, answer = ""]) => {
    const declared = [...answer.matchAll(/^(?:const|let|function) (\w+)/gm)].map(([, name]) => name!);
    const checks = declared.flatMap((name) => {
      const check = cells.find(({ cell_type, source }) => cell_type === "code" && whole(source).includes(`checkExercise(${name},`));
      return check === undefined ? [] : [{ source: whole(check.source), checks: name }];
    });
    return [{ source: answer.trimEnd() }, ...checks];
  });
}

/** The notebook with its solutions tried at the end. */
export function withSolutions(notebook: Notebook): Notebook {
  const added = solutionCells(notebook).map(({ source }, i): Cell => ({ cell_type: "code", id: `solution-${i}`, metadata: {}, execution_count: null, outputs: [], source }));
  return { ...notebook, cells: [...notebook.cells, ...added] };
}

/** The notebook as it was, and every solution that its own exercise does not confirm. */
export function judgeSolutions({ path, notebook }: NotebookFile, executed: Notebook): { readonly executed: Notebook; readonly faults: Fault[] } {
  const own = notebook.cells.length;
  const faults = solutionCells(notebook).flatMap(({ checks }, i) => {
    if (checks === undefined) return [];
    const said = (executed.cells[own + i]?.outputs ?? []).map(({ data, text }) => whole((data?.["text/plain"] as string | undefined) ?? text)).join("\n");
    return said.includes("**Right.**") ? [] : [{ path, message: `the solution of ${checks} is not accepted: ${said.trim() || "nothing was said"}` }];
  });
  return { executed: { ...executed, cells: executed.cells.slice(0, own) }, faults };
}
