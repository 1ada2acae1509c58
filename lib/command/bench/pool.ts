import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { refuse } from "../../runtime/refuse";
import { benchRun, type BenchSettings } from "./benchRun";
import { earlierRows } from "./earlierRows";
import type { Extent } from "./extent";
import { lastLine } from "./lastLine";
import { mergeRows } from "./mergeRows";
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
  /** `"same"`: as from an array in memory, in blocks and, up to a million rows, all at once too. Above five million it is `"not compared"`. */
  readonly choice: "same" | "not compared";
  /** A round that looks at a random hundredth of the candidates, and measures the model on 100,000 samples. */
  readonly part: Omit<PoolRound, "choice" | "open">;
}

const sizes: Record<Extent, readonly number[]> = { quick: [10_000, 100_000], usual: [10_000, 100_000, 1_000_000], full: [10_000, 100_000, 1_000_000, 5_000_000, 10_000_000] };
/** Rows whose probabilities under all draws are held at once for comparison: 800 MB. */
const wholeUpTo = 1_000_000;
/** Rows that are held in memory for comparison: 1.3 GB, besides what the round needs. */
const blocksUpTo = 5_000_000;

/**
 * Measures a round of active learning on pools in Parquet: logistic regression, 20 dropout draws, BALD, 100 samples.
 * Every round is a process of its own. Writes `pool.json`; its `machine` is that of the last run, of the sizes in `again`.
 *
 * @param settings `tasks`: the sizes to measure again; the others stay as they were measured. Default: all
 * @throws {InputError} for a size that is none, or where the way to the rows changes the choice
 */
export function benchPool(settings: BenchSettings): Promise<object> {
  return benchRun<PoolRow>("pool", settings, async (measured) => {
    const { extent, tasks, folder } = settings;
    const again = tasks?.map((size) => (/^[1-9]\d{3,8}$/.test(size) ? Number(size) : refuse("bench", "rows from 1000 to 999999999", size))) ?? sizes[extent];
    const pools = path.join(benchFolder, "pools"); // large, and the same every time: they stay
    mkdirSync(pools, { recursive: true });
    for (const size of again) {
      measured.push(measure(await poolTable(pools, size), size));
      console.log(JSON.stringify(measured.at(-1)));
    }
    const earlier = tasks === undefined || folder === undefined ? [] : earlierRows<PoolRow>(folder, "pool");
    const rows = mergeRows(earlier, measured, (row) => row.rows).sort((a, b) => a.rows - b.rows);
    return { again, rows, shape: { features, classes, draws: 20, picks: 100 } };
  });
}

function measure(file: string, rows: number): PoolRow {
  rmSync(`${file}.almq`, { recursive: true, force: true });
  const first = round(file, "disk");
  const { choice, open: _, ...whole } = round(file, "disk");
  const { choice: _others, open: _again, ...part } = round(file, "part");
  const inMemory = [...(rows <= blocksUpTo ? [round(file, "blocks")] : []), ...(rows <= wholeUpTo ? [round(file, "whole")] : [])];
  for (const other of [first, ...inMemory]) if (other.choice !== choice) refuse("bench", "every way to the rows to give the same choice", "another", file);
  if (!existsSync(`${file}.almq`)) refuse("bench", "rows on disk", "none", file);
  return { rows, convert: first.open, ...whole, memoryFirst: first.memory, choice: inMemory.length > 0 ? "same" : "not compared", part };
}

function round(file: string, way: "disk" | "blocks" | "whole" | "part"): PoolRound {
  return lastLine(process.execPath, [path.join(__dirname, "poolRound.js"), file, way]);
}
