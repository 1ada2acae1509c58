import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { writeWhole } from "../../outcome/writeWhole";
import { projectFolder } from "../../runtime/projectFolder";
import { commitOf } from "./commitOf";
import type { Extent } from "./extent";
import { machine } from "./machine";
import { benchFolder } from "./peerEnvironment";

/** What is asked of a bench. */
export interface BenchSettings {
  readonly extent: Extent;
  /** What is measured again or beside; each bench says what that is. Default: all, or nothing beside. */
  readonly tasks?: readonly string[];
  /** Where `NAME.json` is kept. Default: nowhere. */
  readonly folder?: string;
}

/**
 * Runs a bench and keeps what it found, with the commit and the machine. Where it fails, the rows that it had measured
 * are kept as `NAME.unfinished.json`.
 *
 * @param measure appends to `rows` what it measures, may fill the folder `scratch`, and returns its summary; where that has `rows`, these are kept
 * @returns the summary
 */
export async function benchRun<Row>(
  bench: string,
  { extent, folder }: BenchSettings,
  measure: (rows: Row[], scratch: string) => object | Promise<object>,
): Promise<object> {
  const describe = machine();
  const scratch = path.join(benchFolder, bench);
  const unfinished = `${bench}.unfinished`;
  const rows: Row[] = [];
  const keep = (name: string, summary: object) => {
    const found = { bench, extent, commit: commitOf(projectFolder), machine: describe(), rows, ...summary };
    if (folder !== undefined) writeWhole(path.join(folder, `${name}.json`), `${JSON.stringify(found, null, 1)}\n`);
  };
  mkdirSync(scratch, { recursive: true });
  try {
    const summary = await measure(rows, scratch);
    keep(bench, summary);
    if (folder !== undefined) rmSync(path.join(folder, `${unfinished}.json`), { force: true });
    return { bench, extent, ...summary };
  } catch (error) {
    if (rows.length > 0) keep(unfinished, {});
    throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
