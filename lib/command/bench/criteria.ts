import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { criteriaBenchFigure } from "../../figure/criteriaBenchFigure";
import { figureToPng } from "../../figure/figureToPng";
import { writeWhole } from "../../outcome/writeWhole";
import { median } from "../../runtime/median";
import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";
import { requireOneOf } from "../../runtime/requireOneOf";
import { benchRun, type BenchSettings } from "./benchRun";
import { agreement } from "./criteriaAgreement";
import { criteriaPlan, type Measurement } from "./criteriaPlan";
import { classes, draws, picks, tasks, width } from "./criteriaTasks";
import { earlierRows } from "./earlierRows";
import { lastLine } from "./lastLine";
import { pythonVersions } from "./machine";
import { mergeRows } from "./mergeRows";
import { peerPython } from "./peerEnvironment";
import { rounded } from "./rounded";

/** Significant digits of a time: its spread is larger. */
const digits = 4;

/** What one measurement found. Times in milliseconds, memory in MB. */
export interface CriteriaRow extends Measurement {
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
 * @param settings `tasks`: what is measured again; other tasks and sizes stay as they were measured. Default: all
 * @throws {InputError} for a task that is none, or where single tasks are to be measured again that never were
 */
export function benchCriteria(settings: BenchSettings): Promise<object> {
  return benchRun<CriteriaRow>("criteria", settings, async (measured, inputs) => {
    const { extent, tasks: only, folder } = settings;
    const again = only ?? Object.keys(tasks);
    again.forEach((task) => requireOneOf("bench", "a task", task, Object.keys(tasks)));
    const earlier = only === undefined || folder === undefined ? [] : earlierRows<CriteriaRow>(folder, "criteria");
    if (only !== undefined && folder !== undefined && earlier.length === 0) refuse("bench", "a whole run before single tasks are measured again", "none", folder);
    const python = peerPython("requirements.txt");
    const results = new Map<string, Float64Array>();
    for (const planned of criteriaPlan(extent).filter(({ task }) => again.includes(task))) {
      measured.push(measure(planned, python, inputs, results));
      console.log(line(measured.at(-1)!));
    }
    const place = new Map(criteriaPlan("full").map((planned, i) => [keyOf(planned), i]));
    const rows = mergeRows(earlier, measured, keyOf).sort((a, b) => place.get(keyOf(a))! - place.get(keyOf(b))!);
    if (folder !== undefined) await drawCriteria(rows, folder);
    const versions = pythonVersions(python, ["torch", "scikit-activeml", "baal", "batchbald-redux", "numpy", "scipy"]);
    return { tasks: again, versions, shape: { classes, draws, width, picks }, summary: summarize(rows), rows };
  });
}

function keyOf({ task, library, samples }: Measurement): string {
  return `${task} ${library} ${samples}`;
}

/** Writes what was measured as a table and draws it. */
async function drawCriteria(rows: readonly CriteriaRow[], folder: string): Promise<void> {
  writeWhole(path.join(folder, "criteria.csv"), table(rows));
  for (const what of ["time", "memory"] as const)
    writeWhole(path.join(folder, `criteria-${what}.png`), await figureToPng(criteriaBenchFigure(rows, what), { scale: 2 }));
}

function measure({ task, library, samples, repeats }: Measurement, python: string, inputs: string, results: Map<string, Float64Array>): CriteriaRow {
  const peers = path.join(projectFolder, "lib/command/bench/criteriaPeers.py");
  for (const kind of tasks[task]!.inputs)
    if (!existsSync(path.join(inputs, `${kind}-${samples}`))) lastLine(python, [peers, "inputs", inputs, kind, String(samples)]);
  const out = path.join(inputs, "result");
  const tail = [task, String(samples), String(repeats), inputs, out];
  const [program, script] = library === "almq" ? [process.execPath, [path.join(__dirname, "criteriaWorker.js")]] : [python, [peers, library]];
  const { first, times, extra } = lastLine<{ first: number; times: number[]; extra: number }>(program, [...script, ...tail]);
  const result = new Float64Array(Uint8Array.from(readFileSync(out)).buffer);
  const key = `${task} ${samples}`;
  if (library === "almq") results.set(key, result);
  return {
    task,
    library,
    samples,
    repeats,
    median: rounded(median(times), digits),
    fastest: rounded(Math.min(...times), digits),
    slowest: rounded(Math.max(...times), digits),
    first: rounded(first, digits),
    memory: Math.max(0, Math.round(extra / 2 ** 20)),
    agrees: library === "almq" ? "itself" : agreement(task, results.get(key)!, result, task === "coreSet" ? featuresOf(inputs, samples) : undefined),
  };
}

/** By task, at the largest size that every library was measured at: almq's time and how many times longer each of the others took. */
export function summarize(rows: readonly CriteriaRow[]): Record<string, { samples: number; almq: number; ratios: Record<string, number> }> {
  const summary: Record<string, { samples: number; almq: number; ratios: Record<string, number> }> = {};
  for (const task of new Set(rows.map((row) => row.task))) {
    const ofTask = rows.filter((row) => row.task === task);
    const libraries = new Set(ofTask.map(({ library }) => library));
    const shared = [...new Set(ofTask.map(({ samples }) => samples))].filter((samples) => ofTask.filter((row) => row.samples === samples).length === libraries.size);
    const samples = Math.max(...shared);
    const at = ofTask.filter((row) => row.samples === samples);
    const almq = at.find(({ library }) => library === "almq")!.median;
    const others = at.filter(({ library }) => library !== "almq").map(({ library, median }) => [library, Math.round((100 * median) / almq) / 100] as const);
    summary[task] = { samples, almq, ratios: Object.fromEntries(others) };
  }
  return summary;
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
