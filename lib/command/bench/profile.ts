import { existsSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Dataset } from "../../dataset/dataset";
import { workerFlags } from "../../experiment/replicateProcess";
import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";
import { benchRun, type BenchSettings } from "./benchRun";
import { commitOf } from "./commitOf";
import { lastLine } from "./lastLine";
import { rounded } from "./rounded";

/** Where a replicate's processor time goes. Seconds. */
export interface ProfileRow extends Pick<Dataset, "source" | "standIn"> {
  /** The commit that was measured. */
  readonly commit: string | null;
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

/** A replicate of the handwriting study, as a worker of `npm run study` does it; prints what it was done with and the seconds of processor time. */
const program = `
const built = process.argv[1] + "/.build/lib/";
const { loadDataset } = require(built + "index.js");
const { runReplicate } = require(built + "experiment/replicate.js");
const { studyNamed } = require(built + "experiment/studies.js");
(async () => {
  const data = await loadDataset("handwriting", { standIn: "if missing" });
  await runReplicate(studyNamed("handwriting"), data, 1, { fidelity: "paper", seed: 1 });
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ seconds: (user + system) / 1e6, source: data.source, standIn: data.standIn }));
})();`;

/**
 * Says where a replicate of the handwriting study spends its time, as the median of several by V8's sampling profiler. Writes `profile.json`.
 *
 * @param settings `tasks`: other compiled checkouts that are measured beside this one, in turn with it
 * @throws {InputError} where a checkout is not compiled, or opens other data than this one
 */
export function benchProfile(settings: BenchSettings): Promise<object> {
  return benchRun<ProfileRow>("profile", settings, (rows, scratch) => {
    const repeats = { quick: 1, usual: 3, full: 5 }[settings.extent];
    const checkouts = [...(settings.tasks ?? []).map((other) => path.resolve(other)), projectFolder];
    for (const checkout of checkouts) if (!existsSync(path.join(checkout, ".build/lib/index.js"))) refuse("bench", "a compiled checkout", "none", checkout);
    const runs = Array.from({ length: repeats }, () => checkouts.map((checkout) => profiled(checkout, scratch)));
    rows.push(...checkouts.map((_, i) => runs.map((run) => run[i]!).sort((a, b) => a.seconds - b.seconds)[repeats >> 1]!)); // repeats are odd
    const { seconds, source, standIn } = rows.at(-1)!;
    for (const row of rows) if (row.source !== source) refuse("bench", `every checkout to open ${source}`, row.source, row.commit ?? undefined);
    return { seconds, secondsBefore: rows.length > 1 ? rows[0]!.seconds : null, source, standIn };
  });
}

function profiled(checkout: string, scratch: string): ProfileRow {
  const place = mkdtempSync(path.join(scratch, "run-"));
  const args = [...workerFlags, "--cpu-prof", `--cpu-prof-dir=${place}`, "-e", program, checkout];
  const told = lastLine<Pick<ProfileRow, "seconds" | "source" | "standIn">>(process.execPath, args, { cwd: checkout, env: { ...process.env, TF_NUM_INTRAOP_THREADS: "1" } });
  const times = timesOf(JSON.parse(readFileSync(path.join(place, readdirSync(place)[0]!), "utf8")) as Profile);
  const row = { ...told, commit: commitOf(checkout), seconds: rounded(told.seconds), parts: times };
  console.log(`${row.commit}  ${row.seconds} s  ${Object.entries(times).map(([part, seconds]) => `${part} ${seconds}`).join(", ")}`);
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
