import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { packRecord } from "../../experiment/queue/sentRecord";
import { runStudy } from "../../experiment/runStudy";
import { keepRecord, replicateFile } from "../../outcome/outcomeFolder";
import { parseOutcome } from "../../outcome/parseOutcome";
import { projectFolder } from "../../runtime/projectFolder";
import { machine } from "./machine";

/** How long some replicates took some workers. */
export interface ReplicatesRow {
  readonly workers: number;
  readonly replicates: number;
  /** From the call to the last file, the start of the workers included. */
  readonly seconds: number;
}

/** What it takes to gather a record. */
export interface RecordCost {
  /** Of its file. */
  readonly bytes: number;
  /** Characters of it that go through a queue. */
  readonly packed: number;
  /** Seconds to check it, write it, flush it and put it in its place; the median of many. */
  readonly keep: number;
}

const study = "handwriting";
const methods = ["ALMQ+EE", "RA"];
const sizes = { quick: [1, 2], usual: [1, 2, 4], full: [1, 2, 4, 8] };

/**
 * Measures how a study's replicates share workers: two methods of the handwriting study on digits that almq draws, one computing thread for each
 * worker, one worker and two; and what it takes one process to gather a record. Writes `replicates.json`.
 */
export async function benchReplicates(extent: keyof typeof sizes, folder = path.join(projectFolder, "outcomes/bench")): Promise<object> {
  process.env.TF_NUM_INTRAOP_THREADS = "1";
  const describe = machine();
  const rows: ReplicatesRow[] = [];
  const work = mkdtempSync(path.join(tmpdir(), "almq-bench-"));
  try {
    for (const workers of [1, 2])
      for (const replicates of sizes[extent]) {
        const into = path.join(work, `${workers}-${replicates}`);
        const start = performance.now();
        await runStudy({ study, fidelity: "paper", methods, standIn: true, seed: 1, replicates, workers, folder: into });
        rows.push({ workers, replicates, seconds: (performance.now() - start) / 1000 });
        console.log(JSON.stringify(rows.at(-1)));
      }
    const summary = { bench: "replicates", extent, rows, record: gathering(path.join(work, "1-1"), work) };
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "replicates.json"), `${JSON.stringify({ ...summary, machine: describe() }, null, 1)}\n`);
    return summary;
  } finally {
    rmSync(work, { recursive: true });
  }
}

function gathering(from: string, into: string): RecordCost {
  const text = readFileSync(path.join(from, replicateFile(0)), "utf8");
  const { header } = parseOutcome(text, from).outcome;
  const times = Array.from({ length: 51 }, (_, i) => {
    const folder = path.join(into, `kept-${i}`);
    mkdirSync(folder);
    const start = performance.now();
    keepRecord(folder, text, header, 0);
    return (performance.now() - start) / 1000;
  }).sort((a, b) => a - b);
  return { bytes: Buffer.byteLength(text), packed: (packRecord(text) as { packed: string }).packed.length, keep: times[times.length >> 1]! };
}
