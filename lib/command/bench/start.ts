import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";
import { execute } from "../notebooks/execute";
import { readNotebooks, type Notebook, type NotebookFile } from "../notebooks/notebook";
import { benchRun, type BenchSettings } from "./benchRun";
import { lastLine } from "./lastLine";
import { timedRow, type Timed, type TimedRow } from "./timedRow";

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
export function benchStart(settings: BenchSettings): Promise<object> {
  return benchRun<TimedRow>("start", settings, async (rows) => {
    const repeats = { quick: 1, usual: 5, full: 9 }[settings.extent];
    const [figure] = readNotebooks(projectFolder, "notebooks/figures", ["figure-3"]);
    if (figure === undefined) refuse("bench", "the notebook of Figure 3", "none", "notebooks/figures");
    const add = (row: TimedRow) => (rows.push(row), row);
    const imports = add(timedRow("import almq", Array.from({ length: repeats }, importing)));
    const first = add(await shown("a notebook's first cell", repeats, { path: "first-cell.ipynb", text: "", notebook: firstCell }));
    const drawn = add(await shown("the notebook of Figure 3", repeats, figure));
    return { importSeconds: imports.median, firstCellSeconds: first.median, figureNotebookSeconds: drawn.median, peakMiB: imports.peakMiB };
  });
}

function importing(): Timed {
  const begun = performance.now();
  const peakMiB = lastLine<number>(process.execPath, ["-e", 'require("almq"); console.log(process.resourceUsage().maxRSS / 1024)'], { cwd: projectFolder });
  return { seconds: (performance.now() - begun) / 1000, peakMiB };
}

async function shown(what: string, repeats: number, file: NotebookFile): Promise<TimedRow> {
  const times: Timed[] = [];
  for (let i = 0; i < repeats; i++) {
    const execution = await execute(file, file.notebook, projectFolder);
    if ("failure" in execution) refuse("bench", "a notebook to run", execution.failure, file.path);
    times.push({ seconds: secondsIn(execution.notebook), peakMiB: null });
  }
  return timedRow(what, times);
}

/** From the moment the kernel took the first cell until it was done with the last. */
function secondsIn({ cells }: Notebook): number {
  const moments = cells.flatMap(({ metadata }) => {
    const { execution } = (metadata ?? {}) as { execution?: Record<string, string> };
    return execution === undefined ? [] : [execution["iopub.status.busy"], execution["iopub.status.idle"]].map((moment) => Date.parse(moment ?? ""));
  });
  return (Math.max(...moments) - Math.min(...moments)) / 1000;
}
