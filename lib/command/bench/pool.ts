import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";
import { machine } from "./machine";
import { benchFolder } from "./peerEnvironment";
import type { PoolRound } from "./poolRound";
import { classes, features, poolTable } from "./poolTable";

/** A round on a pool of some size. Seconds and MB. */
export interface PoolRow extends Omit<PoolRound, "memory" | "choice" | "open"> {
  readonly rows: number;
  /** Writing the rows of the Parquet file once, in a process of its own. */
  readonly convert: number;
  readonly memory: number;
  /** Peak memory while the rows were written and the first round was run. */
  readonly memoryFirst: number;
  /** `"same"`: the samples chosen from an array in memory, in blocks and (up to a million rows) all at once. */
  readonly choice: "same" | "other";
}

const sizes = { quick: [10_000, 100_000], usual: [10_000, 100_000, 1_000_000], full: [10_000, 100_000, 1_000_000, 5_000_000] };
/** Rows whose probabilities under all draws are held at once for comparison: 800 MB. */
const wholeUpTo = 1_000_000;

/**
 * Measures a round of active learning on pools in Parquet: logistic regression, 20 dropout draws, BALD, 100 samples.
 * Every round is a process of its own. Writes `pool.json`.
 */
export async function benchPool(extent: keyof typeof sizes, folder = path.join(projectFolder, "outcomes/bench")): Promise<object> {
  const inputs = path.join(benchFolder, "pools");
  mkdirSync(inputs, { recursive: true });
  const describe = machine();
  const rows: PoolRow[] = [];
  for (const size of sizes[extent]) {
    rows.push(measure(await poolTable(inputs, size), size));
    console.log(JSON.stringify(rows.at(-1)));
  }
  mkdirSync(folder, { recursive: true });
  const shape = { features, classes, draws: 20, picks: 100 };
  const summary = { bench: "pool", extent, rows };
  writeFileSync(path.join(folder, "pool.json"), `${JSON.stringify({ ...summary, machine: describe(), shape }, null, 1)}\n`);
  return summary;
}

function measure(file: string, rows: number): PoolRow {
  rmSync(`${file}.almq`, { recursive: true, force: true });
  const first = round(file, "disk");
  const { round: took, choose, memory, choice, accuracy } = round(file, "disk");
  const others = [first, round(file, "blocks"), ...(rows <= wholeUpTo ? [round(file, "whole")] : [])];
  if (!existsSync(`${file}.almq`)) refuse("bench", "rows on disk", "none", file);
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  return {
    rows, convert: first.open, choose, round: took, memory: megabytes(memory), memoryFirst: megabytes(first.memory), accuracy,
    choice: others.every((other) => other.choice === choice) ? "same" : "other",
  }; // prettier-ignore
}

function round(file: string, way: "disk" | "blocks" | "whole"): PoolRound {
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(__dirname, "poolRound.js"), file, way], { encoding: "utf8" });
  if (status !== 0) refuse("bench", "a round to succeed", stderr.slice(-400), `${file} ${way}`);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as PoolRound;
}
