import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { criteriaBenchFigure } from "../../figure/criteriaBenchFigure";
import { figureToPng } from "../../figure/figureToPng";
import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";
import { requireOneOf } from "../../runtime/requireOneOf";
import { agreement } from "./criteriaAgreement";
import { criteriaPlan, reach, type Measurement } from "./criteriaPlan";
import { classes, draws, picks, tasks, width } from "./criteriaTasks";
import { keepBench } from "./keepBench";
import { machine, pythonVersions } from "./machine";
import { benchFolder, peerPython } from "./peerEnvironment";

/** What one measurement found. Times in milliseconds, memory in MB. */
export interface CriteriaRow {
  readonly task: string;
  readonly library: string;
  readonly samples: number;
  readonly repeats: number;
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  /** The first call of a fresh process, compilation and all. */
  readonly first: number;
  /** Peak resident memory beyond the loaded inputs. */
  readonly memory: number;
  /** How the result agrees with almq's; of almq: "itself". */
  readonly agrees: string;
}

/**
 * Measures almq's criteria beside other libraries: same inputs, results compared first, every measurement in a process of its own,
 * all of a task in one run. Writes `criteria.json` (its `machine` and `versions` are those of the last run, of its `tasks`), `criteria.csv` and pictures of both, `criteria-time.png` and `criteria-memory.png`.
 *
 * @param only the tasks to measure again; the others stay as they were measured. Default: all
 * @returns the summary, one object
 * @throws {InputError} for a task that is none, or where single tasks are to be measured again that never were
 */
export async function benchCriteria(extent: "quick" | "usual" | "full", only?: readonly string[], folder = path.join(projectFolder, "outcomes/bench")): Promise<object> {
  const file = path.join(folder, "criteria.json");
  const again = only ?? Object.keys(tasks);
  again.forEach((task) => requireOneOf("bench", "a task", task, Object.keys(tasks)));
  const earlier = only === undefined ? { extent, rows: [] } : earlierRun(file);
  const python = peerPython("requirements.txt");
  const inputs = path.join(benchFolder, "inputs");
  mkdirSync(inputs, { recursive: true });
  const describe = machine();
  const results = new Map<string, Float64Array>();
  const measured = criteriaPlan(extent)
    .filter(({ task }) => again.includes(task))
    .map((planned) => {
      const row = measure(planned, python, inputs, results);
      console.log(line(row));
      return row;
    });
  const rows = Object.keys(reach).flatMap((task) => (again.includes(task) ? measured : earlier.rows).filter((row) => row.task === task));
  rmSync(inputs, { recursive: true });
  const summary = summarize(rows);
  const versions = pythonVersions(python, ["torch", "scikit-activeml", "baal", "batchbald-redux", "numpy", "scipy"]);
  const shape = { classes, draws, width, picks };
  keepBench(folder, "criteria", { bench: "criteria", extent: earlier.extent, tasks: again, machine: describe(), versions, shape, summary, rows });
  writeFileSync(path.join(folder, "criteria.csv"), table(rows));
  await drawCriteria(rows, folder);
  return { bench: "criteria", extent, ...summary };
}

/** What was measured before, to stand beside what is measured again. */
function earlierRun(file: string): { extent: string; rows: readonly CriteriaRow[] } {
  if (!existsSync(file)) refuse("bench", "a whole run before single tasks are measured again", "none", file);
  return JSON.parse(readFileSync(file, "utf8")) as { extent: string; rows: CriteriaRow[] };
}

/** Draws what was measured. */
export async function drawCriteria(rows: readonly CriteriaRow[], folder: string): Promise<void> {
  for (const what of ["time", "memory"] as const)
    writeFileSync(path.join(folder, `criteria-${what}.png`), await figureToPng(criteriaBenchFigure(rows, what), { scale: 2 }));
}

function measure({ task, library, samples, repeats }: Measurement, python: string, inputs: string, results: Map<string, Float64Array>): CriteriaRow {
  const peers = path.join(projectFolder, "lib/command/bench/criteriaPeers.py");
  for (const kind of tasks[task]!.inputs)
    if (!existsSync(path.join(inputs, `${kind}-${samples}`))) answer(python, [peers, "inputs", inputs, kind, String(samples)]);
  const out = path.join(inputs, "result");
  const tail = [task, String(samples), String(repeats), inputs, out];
  const said = library === "almq" ? answer(process.execPath, [path.join(__dirname, "criteriaWorker.js"), ...tail]) : answer(python, [peers, library, ...tail]);
  const { first, times, extra } = JSON.parse(said) as { first: number; times: number[]; extra: number };
  const result = new Float64Array(Uint8Array.from(readFileSync(out)).buffer);
  const key = `${task} ${samples}`;
  if (library === "almq") results.set(key, result);
  const ascending = [...times].sort((a, b) => a - b);
  return {
    task,
    library,
    samples,
    repeats,
    median: rounded(ascending[ascending.length >> 1]!),
    fastest: rounded(ascending[0]!),
    slowest: rounded(ascending.at(-1)!),
    first: rounded(first),
    memory: Math.max(0, Math.round(extra / 2 ** 20)),
    agrees: library === "almq" ? "itself" : agreement(task, results.get(key)!, result, task === "coreSet" ? featuresOf(inputs, samples) : undefined),
  };
}

/** By task, at the largest size that every library was measured at: almq's time and how many times longer each of the others took. */
export function summarize(rows: readonly CriteriaRow[]): Record<string, { samples: number; almq: number; times: Record<string, number> }> {
  const summary: Record<string, { samples: number; almq: number; times: Record<string, number> }> = {};
  for (const task of new Set(rows.map((row) => row.task))) {
    const ofTask = rows.filter((row) => row.task === task);
    const libraries = new Set(ofTask.map(({ library }) => library));
    const shared = [...new Set(ofTask.map(({ samples }) => samples))].filter((samples) => ofTask.filter((row) => row.samples === samples).length === libraries.size);
    const samples = Math.max(...shared);
    const at = ofTask.filter((row) => row.samples === samples);
    const almq = at.find(({ library }) => library === "almq")!.median;
    const others = at.filter(({ library }) => library !== "almq").map(({ library, median }) => [library, Math.round((100 * median) / almq) / 100] as const);
    summary[task] = { samples, almq, times: Object.fromEntries(others) };
  }
  return summary;
}

function answer(program: string, args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) refuse("bench", `${path.basename(program)} ${args.slice(0, 4).join(" ")} to succeed`, error?.message ?? stderr.trim().split("\n").at(-1)!);
  return stdout.trim().split("\n").at(-1) ?? "";
}

function featuresOf(inputs: string, samples: number): { values: Float32Array; width: number } {
  return { values: new Float32Array(Uint8Array.from(readFileSync(path.join(inputs, `features-${samples}`))).buffer), width };
}

function line({ task, library, samples, median, fastest, slowest, memory, agrees }: CriteriaRow): string {
  return `${task.padEnd(15)}${String(samples).padStart(8)}  ${library.padEnd(16)}${`${median} ms`.padStart(14)}  (${fastest} to ${slowest})${`${memory} MB`.padStart(10)}  ${agrees}`;
}

function table(rows: readonly CriteriaRow[]): string {
  const columns = ["task", "library", "samples", "repeats", "median_ms", "fastest_ms", "slowest_ms", "first_ms", "memory_mb", "agrees"];
  const quoted = (cell: string | number) => (/[",]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell));
  const lines = rows.map((row) => [row.task, row.library, row.samples, row.repeats, row.median, row.fastest, row.slowest, row.first, row.memory, row.agrees].map(quoted).join());
  return [columns.join(), ...lines].map((each) => `${each}\n`).join("");
}

/** Three digits are more than the spread allows. */
function rounded(milliseconds: number): number {
  return Number(milliseconds.toPrecision(4));
}
