import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";
import { keepBench } from "./keepBench";
import { machine, pythonVersions } from "./machine";
import { benchFolder, peerPython } from "./peerEnvironment";
import type { StudyTask } from "./studyTask";

/** One thing measured, several times over. */
export interface StudyRow {
  readonly what: string;
  /** Seconds, one for each repetition. */
  readonly seconds: readonly number[];
  readonly median: number;
  /** Largest resident memory of the process, the worker processes of a study not counted; null where nobody measured it. */
  readonly peakMiB: number | null;
}

type Extent = "quick" | "usual" | "full";

/**
 * Measures a replicate of the handwriting study beside plain PyTorch and beside almq fitting its models one by one,
 * and how a run of ALMQ grows. Every measurement is a process of its own. Writes `study.json`.
 */
export async function benchStudy(extent: Extent, folder = path.join(projectFolder, "outcomes/bench")): Promise<object> {
  const python = peerPython("requirements.txt");
  const describe = machine();
  process.env.TF_NUM_INTRAOP_THREADS ??= "1"; // as the workers of a study
  const repeats = extent === "quick" ? 1 : 3;
  const replicates = { quick: 2, usual: 6, full: 30 }[extent];
  const few = Math.min(replicates, 6);
  const inputs = path.join(benchFolder, "study");
  mkdirSync(inputs, { recursive: true });
  measured("inputs", 1, { write: inputs });
  const rows = [
    measured(`almq, ${replicates} replicates on 2 workers`, extent === "full" ? 1 : repeats, { replicates, workers: 2 }),
    measured(`almq, ${few} replicates on 1 worker`, 1, { replicates: few, workers: 1 }),
    measured("almq, one replicate", repeats, {}),
    measured("almq, one replicate, fits one by one", repeats, { alone: true }),
    row("PyTorch, one replicate", Array.from({ length: extent === "quick" ? 1 : 2 }, () => peer(python, "study", inputs))),
    ...growth(extent).map(([what, task]) => measured(what, repeats, { methods: ["ALMQ+EE"], budget: 20, ...task })),
  ];
  rmSync(inputs, { recursive: true });
  const of = (what: string) => rows.find((each) => each.what.endsWith(what))!;
  const perReplicate = of("on 2 workers").median / replicates;
  const [peerRow, aloneRow] = [of("PyTorch, one replicate"), of("one by one")];
  const summary = {
    bench: "study",
    extent,
    secondsPerReplicate: rounded(perReplicate),
    peerSeconds: peerRow.median,
    ratio: rounded(peerRow.median / perReplicate),
    oneByOneSeconds: aloneRow.median,
    oneByOneRatio: rounded(aloneRow.median / of("one replicate").median),
    peakMiB: of("almq, one replicate").peakMiB,
    peerPeakMiB: peerRow.peakMiB,
  };
  keepBench(folder, "study", { ...summary, machine: describe(), versions: pythonVersions(python, ["torch", "numpy"]), rows });
  return summary;
}

/** How the time of a run grows with the pool, the classes, the draws and the number of samples in a question. */
function growth(extent: Extent): [string, StudyTask][] {
  const few = <T>(all: readonly T[]) => (extent === "quick" ? all.slice(0, 1) : all);
  return [
    ...few([1000, 2000, 4000]).map((pool): [string, StudyTask] => [`a run of ALMQ, pool of ${pool}`, { pool }]),
    ...few([3, 5, 10]).map((classes): [string, StudyTask] => [`a run of ALMQ, ${classes} classes`, { classes }]),
    ...few([5, 20, 80]).map((draws): [string, StudyTask] => [`a run of ALMQ, ${draws} draws`, { draws }]),
    ...few([1, 2, 3, 4]).map((m): [string, StudyTask] => [`a run of ALMQ, m to ${m}`, { m }]),
  ];
}

/** Measures one of almq's tasks, each time in a process of its own. */
export function measured(what: string, repeats: number, task: StudyTask): StudyRow {
  const program = path.join(__dirname, "studyTask.js");
  return row(what, Array.from({ length: repeats }, () => told(process.execPath, ["--single-threaded-gc", "--max-semi-space-size=32", "--initial-heap-size=2000", program, JSON.stringify(task)])));
}

/** PyTorch's side. */
export function peer(python: string, what: "study" | "round", inputs: string): Told {
  return told(python, [path.join(projectFolder, "lib/command/bench/studyPeer.py"), what, inputs]);
}

interface Told {
  readonly seconds: number;
  readonly peakMiB: number;
}

function told(program: string, args: string[]): Told {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", env: process.env });
  if (status !== 0) refuse("bench", `${path.basename(program)} to succeed`, stderr.slice(-400), args.at(-1));
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Told;
}

export function row(what: string, all: readonly Told[]): StudyRow {
  const seconds = all.map((each) => rounded(each.seconds));
  const made = { what, seconds, median: [...seconds].sort((a, b) => a - b)[seconds.length >> 1]!, peakMiB: peak(all) };
  console.log(`${what.padEnd(44)}${`${made.median} s`.padStart(10)}  (${seconds.join(", ")})${made.peakMiB === null ? "" : `${made.peakMiB} MiB`.padStart(12)}`);
  return made;
}

/** The largest of all; null where it was not measured. */
function peak(all: readonly Told[]): number | null {
  const most = Math.max(...all.map((each) => each.peakMiB));
  return Number.isNaN(most) ? null : Math.round(most);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
