import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packRecord } from "../../experiment/queue/sentRecord";
import { keepRecord, replicateFile } from "../../outcome/outcomeFolder";
import { parseOutcome } from "../../outcome/parseOutcome";
import { median } from "../../runtime/median";
import { refuse } from "../../runtime/refuse";
import { benchRun, type BenchSettings } from "./benchRun";
import type { Extent } from "./extent";

/** What some replicates took some workers. Seconds. */
export interface ReplicatesRow {
  readonly workers: number;
  readonly replicates: number;
  /** On the clock, the start of the workers included. */
  readonly seconds: number;
  /** Computed by all processes together: other work on the machine makes it little longer. */
  readonly cpu: number;
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

const study = ["handwriting", "--stand-in", "--methods", "ALMQ+EE,RA"];
const sizes: Record<Extent, readonly number[]> = { quick: [1, 2], usual: [1, 2, 4], full: [1, 2, 4, 8] };

/**
 * Measures how a study's replicates share workers: two methods of the handwriting study on digits that almq draws, one computing
 * thread for each worker, one worker and two; and what it takes one process to gather a record. Writes `replicates.json`.
 */
export function benchReplicates(settings: BenchSettings): Promise<object> {
  return benchRun<ReplicatesRow>("replicates", settings, (rows, scratch) => {
    for (const workers of [1, 2])
      for (const replicates of sizes[settings.extent]) {
        rows.push({ workers, replicates, ...measured(workers, replicates, path.join(scratch, `${workers}-${replicates}`)) });
        console.log(JSON.stringify(rows.at(-1)));
      }
    return { record: gathering(path.join(scratch, "1-1"), scratch) };
  });
}

/** Runs the study; the shell knows what it and its workers computed. */
function measured(workers: number, replicates: number, into: string): Pick<ReplicatesRow, "seconds" | "cpu"> {
  const args = [path.join(__dirname, "../study.js"), ...study, "--workers", String(workers), "--replicates", String(replicates), "--out", into];
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync("bash", ["-c", '"$@" > /dev/null && times', "bash", process.execPath, ...args], { encoding: "utf8", env: { ...process.env, TF_NUM_INTRAOP_THREADS: "1", LC_ALL: "C" } });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) refuse("bench", "a study that runs", stderr.slice(-400), into);
  const times = [...stdout.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, rest]) => 60 * Number(minutes) + Number(rest)); // the shell's, then its children's
  return { seconds, cpu: times[2]! + times[3]! };
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
  });
  return { bytes: Buffer.byteLength(text), packed: (packRecord(text) as { packed: string }).packed.length, keep: median(times) };
}
