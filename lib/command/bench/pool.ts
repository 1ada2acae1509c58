import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";
import { keepBench } from "./keepBench";
import { machine } from "./machine";
import { benchFolder } from "./peerEnvironment";
import type { PoolRound } from "./poolRound";
import { classes, features, poolTable } from "./poolTable";

/** A round on a pool of some size, one that looks at all of it. Seconds and MB. */
export interface PoolRow extends Omit<PoolRound, "choice" | "open"> {
  readonly rows: number;
  /** Writing the rows of the Parquet file once, in a process of its own. */
  readonly convert: number;
  /** Peak memory while the rows were written and the first round was run. */
  readonly memoryFirst: number;
  /** `"same"`: the samples chosen from an array in memory, in blocks (up to five million rows) and (up to a million) all at once. */
  readonly choice: "same" | "other";
  /** A round that looks at a random hundredth of the candidates, and measures the model on 100,000 samples. */
  readonly part: Omit<PoolRound, "choice" | "open">;
}

const sizes = { quick: [10_000, 100_000], usual: [10_000, 100_000, 1_000_000], full: [10_000, 100_000, 1_000_000, 5_000_000, 10_000_000] };
/** Rows whose probabilities under all draws are held at once for comparison: 800 MB. */
const wholeUpTo = 1_000_000;
/** Rows that are held in memory for comparison: 1.3 GB, besides what the round needs. */
const blocksUpTo = 5_000_000;

/**
 * Measures a round of active learning on pools in Parquet: logistic regression, 20 dropout draws, BALD, 100 samples.
 * Every round is a process of its own. Writes `pool.json`; its `machine` is that of the last run, of the sizes in `again`.
 *
 * @param only the sizes to measure again; the others stay as they were measured. Default: all
 * @throws {InputError} for a size that is none
 */
export async function benchPool(extent: keyof typeof sizes, only?: readonly string[], folder = path.join(projectFolder, "outcomes/bench")): Promise<object> {
  const inputs = path.join(benchFolder, "pools");
  mkdirSync(inputs, { recursive: true });
  const again = only?.map((size) => (/^[1-9]\d{3,8}$/.test(size) ? Number(size) : refuse("bench", "rows from 1000 to 999999999", size))) ?? sizes[extent];
  const file = path.join(folder, "pool.json");
  const describe = machine();
  let rows = only === undefined || !existsSync(file) ? [] : (JSON.parse(readFileSync(file, "utf8")) as { rows: PoolRow[] }).rows;
  for (const size of again) {
    const row = measure(await poolTable(inputs, size), size);
    rows = [...rows.filter(({ rows }) => rows !== size), row].sort((a, b) => a.rows - b.rows);
    console.log(JSON.stringify(row));
  }
  const shape = { features, classes, draws: 20, picks: 100 };
  const summary = { bench: "pool", again, rows };
  keepBench(folder, "pool", { ...summary, machine: describe(), shape });
  return summary;
}

function measure(file: string, rows: number): PoolRow {
  rmSync(`${file}.almq`, { recursive: true, force: true });
  const first = round(file, "disk");
  const { choice, open: _, ...whole } = round(file, "disk");
  const { choice: _others, open: _again, ...part } = round(file, "part");
  const others = [first, ...(rows <= blocksUpTo ? [round(file, "blocks")] : []), ...(rows <= wholeUpTo ? [round(file, "whole")] : [])];
  if (!existsSync(`${file}.almq`)) refuse("bench", "rows on disk", "none", file);
  return { rows, convert: first.open, ...whole, memoryFirst: first.memory, choice: others.every((other) => other.choice === choice) ? "same" : "other", part };
}

function round(file: string, way: "disk" | "blocks" | "whole" | "part"): PoolRound {
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(__dirname, "poolRound.js"), file, way], { encoding: "utf8" });
  if (status !== 0) refuse("bench", "a round to succeed", stderr.slice(-400), `${file} ${way}`);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as PoolRound;
}
