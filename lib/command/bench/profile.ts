import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";
import { keepBench } from "./keepBench";
import { machine } from "./machine";

/** Where a replicate's processor time goes. Seconds. */
export interface ProfileRow {
  /** The commit that was measured. */
  readonly commit: string;
  /** Processor time of the whole process, all threads. */
  readonly seconds: number;
  /** Of the main thread, by part of the work. */
  readonly parts: Readonly<Record<string, number>>;
}

/** What a file's work belongs to, by what its path holds; the first that fits. */
const parts: readonly (readonly [string, RegExp])[] = [
  ["TensorFlow", /tfjs/],
  ["exploration", /lib\/selection\/(exploration|nearestDistances|distanceQuantile|pointGroups)/],
  ["search for questions", /lib\/(selection|question|acquisition)\//],
  ["training", /lib\/training\//],
  ["model and draws", /lib\/(model|probability)\//],
  ["loop, data, records", /lib\//],
];

/** A replicate of the handwriting study, as a worker of `npm run study` does it; prints the seconds of processor time. */
const program = `
const built = process.argv[1] + "/.build/lib/";
const { loadDataset } = require(built + "index.js");
const { runReplicate } = require(built + "experiment/replicate.js");
const { studyNamed } = require(built + "experiment/studies.js");
(async () => {
  const data = await loadDataset("handwriting", { standIn: process.env.ALMQ_DATA === undefined });
  await runReplicate(studyNamed("handwriting"), data, 1, { fidelity: "paper", seed: 1 });
  const { user, system } = process.cpuUsage();
  console.log((user + system) / 1e6);
})();`;

/**
 * Says where a replicate of the handwriting study spends its time, as the median of several by V8's sampling profiler. Writes `profile.json`.
 *
 * @param others other compiled checkouts that are measured beside this one, in turn with it
 */
export async function benchProfile(extent: "quick" | "usual" | "full", others: readonly string[] = [], folder = path.join(projectFolder, "outcomes/bench")): Promise<object> {
  const describe = machine();
  const repeats = { quick: 1, usual: 3, full: 5 }[extent];
  const checkouts = [...others, projectFolder];
  const runs = Array.from({ length: repeats }, () => checkouts.map(profiled));
  const rows = checkouts.map((_, i) => runs.map((run) => run[i]!).sort((a, b) => a.seconds - b.seconds)[repeats >> 1]!);
  const summary = { bench: "profile", extent, seconds: rows.at(-1)!.seconds, secondsBefore: rows.length > 1 ? rows[0]!.seconds : null };
  keepBench(folder, "profile", { ...summary, machine: describe(), rows });
  return Promise.resolve(summary);
}

function profiled(checkout: string): ProfileRow {
  const place = mkdtempSync(path.join(tmpdir(), "almq-profile-"));
  const args = ["--single-threaded-gc", "--max-semi-space-size=32", "--initial-heap-size=2000", "--cpu-prof", `--cpu-prof-dir=${place}`, "-e", program, path.resolve(checkout)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: checkout, env: { ...process.env, TF_NUM_INTRAOP_THREADS: "1" } });
  if (status !== 0) refuse("bench", "a replicate to succeed", stderr.slice(-400), checkout);
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8", cwd: checkout }).stdout.trim();
  const times = timesOf(JSON.parse(readFileSync(path.join(place, readdirSync(place)[0]!), "utf8")) as Profile);
  rmSync(place, { recursive: true });
  const row = { commit, seconds: rounded(Number(stdout)), parts: times };
  console.log(`${commit}  ${row.seconds} s  ${Object.entries(times).map(([part, seconds]) => `${part} ${seconds}`).join(", ")}`);
  return row;
}

/** What V8's profiler writes: samples of which function ran, and the microseconds since the one before. */
interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string } }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

function timesOf({ nodes, samples, timeDeltas }: Profile): Record<string, number> {
  const partOf = new Map(nodes.map(({ id, callFrame }) => [id, partNamed(callFrame)]));
  const times: Record<string, number> = Object.fromEntries([...parts.map(([name]) => name), "garbage collection", "starting and Node"].map((name) => [name, 0]));
  samples.forEach((id, i) => {
    const part = partOf.get(id)!;
    if (part !== "idle") times[part]! += timeDeltas[i]! / 1e6;
  });
  return Object.fromEntries(Object.entries(times).map(([part, seconds]) => [part, rounded(seconds)]));
}

function partNamed({ functionName, url }: { functionName: string; url: string }): string {
  if (functionName === "(garbage collector)") return "garbage collection";
  if (functionName === "(idle)") return "idle";
  const own = url.includes("node_modules") ? /tfjs/.test(url) : /\.build\/lib|tfjs/.test(url);
  return (own ? parts.find(([, files]) => files.test(url))?.[0] : undefined) ?? "starting and Node";
}

function rounded(seconds: number): number {
  return Math.round(100 * seconds) / 100;
}
