import { spawnSync } from "node:child_process";
import path from "node:path";
import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";
import { execute } from "../notebooks/execute";
import { readNotebooks, type Notebook, type NotebookFile } from "../notebooks/notebook";
import { keepBench } from "./keepBench";
import { machine } from "./machine";
import { row, type StudyRow } from "./study";

const firstCell: Notebook = {
  cells: [{ cell_type: "code", id: "first", metadata: {}, execution_count: null, source: 'import * as almq from "almq";\nconsole.log(almq.entropy([[0.5, 0.5]]));', outputs: [] }],
  metadata: { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
};

/**
 * Measures how long somebody waits: for `import "almq"` in a fresh process, for a notebook's first cell, and for everything a
 * figure notebook shows. Notebooks are timed from the moment their kernel takes the first cell. Writes `start.json`.
 */
export async function benchStart(extent: "quick" | "usual" | "full", folder = path.join(projectFolder, "outcomes/bench")): Promise<object> {
  const describe = machine();
  const repeats = { quick: 1, usual: 5, full: 9 }[extent];
  const [figure] = readNotebooks(projectFolder, "notebooks/figures", ["figure-3"]);
  if (figure === undefined) refuse("bench", "the notebook of Figure 3", "none", "notebooks/figures");
  const rows = [
    row("import almq", Array.from({ length: repeats }, importing)),
    await shown("a notebook's first cell", repeats, { path: "first-cell.ipynb", text: "", notebook: firstCell }),
    await shown("the notebook of Figure 3", repeats, figure),
  ];
  const [imports, first, drawn] = rows as [StudyRow, StudyRow, StudyRow];
  const summary = { bench: "start", extent, importSeconds: imports.median, firstCellSeconds: first.median, figureNotebookSeconds: drawn.median, peakMiB: imports.peakMiB };
  keepBench(folder, "start", { ...summary, machine: describe(), rows });
  return summary;
}

function importing(): { seconds: number; peakMiB: number } {
  const program = 'require("almq"); console.log(process.resourceUsage().maxRSS / 1024)';
  const begun = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8", cwd: projectFolder });
  if (status !== 0) refuse("bench", "an import to succeed", stderr.slice(-400));
  return { seconds: (performance.now() - begun) / 1000, peakMiB: Number(stdout) };
}

async function shown(what: string, repeats: number, file: NotebookFile): Promise<StudyRow> {
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const execution = await execute(file, file.notebook, projectFolder);
    if ("failure" in execution) refuse("bench", "a notebook to run", execution.failure, file.path);
    times.push(secondsIn(execution.notebook));
  }
  return row(what, times.map((seconds) => ({ seconds, peakMiB: NaN })));
}

/** From the moment the kernel took the first cell until it was done with the last. */
function secondsIn({ cells }: Notebook): number {
  const moments = cells.flatMap(({ metadata }) => {
    const { execution } = (metadata ?? {}) as { execution?: Record<string, string> };
    return execution === undefined ? [] : [execution["iopub.status.busy"], execution["iopub.status.idle"]].map((moment) => Date.parse(moment ?? ""));
  });
  return (Math.max(...moments) - Math.min(...moments)) / 1000;
}
