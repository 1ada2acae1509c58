import { refuse } from "../runtime/refuse";
import { missingReplicates } from "./missingReplicates";
import type { ReplicateSettings } from "./replicate";
import { replicateProcess, type ReplicateProcess } from "./replicateProcess";
import type { Shard } from "./shard";
import { studyNamed } from "./studies";

/** A study to be run, in full or in part. */
export interface StudyRun extends Omit<ReplicateSettings, "onProgress" | "checkpoint" | "trainer"> {
  /** Name of the study. */
  readonly study: string;
  /** Replicates in all, 1 to 100,000; those already in the folder are kept. */
  readonly replicates: number;
  /** Where the replicates are written, one file each. */
  readonly folder: string;
  /** Run on data that almq draws instead of the real ones. Default false. */
  readonly standIn?: boolean;
  /**
   * Replicates that run at the same time, ≥ 1, each in a process of its own, 0.6 GB for small data. Default 2. Several of them compute with
   * one thread each; a single one computes with as many as there are cores, and where these share a sum, as in convolutions, it rounds
   * otherwise: after some rounds other questions are chosen.
   */
  readonly workers?: number;
  /** Do only this share of the replicates; other shards may run at the same time, on other machines, into the same folder. */
  readonly shard?: Shard;
  /** Called as work goes on. */
  readonly onProgress?: (progress: StudyProgress) => void;
}

export interface StudyProgress {
  /** Replicates of the shard that are done, those found in the folder included. */
  readonly done: number;
  /** Replicates of the shard; without one, of the study. */
  readonly of: number;
  /** Replicates done in this call, and parts of those under way. */
  readonly share: number;
  /** Replicates this call has to do. */
  readonly toDo: number;
}

/**
 * Runs a study's replicates in worker processes and writes each as soon as it is whole. What is not whole keeps checkpoints in a
 * hidden folder beside it: called again after an interruption, at whatever moment, the study goes on where it was, and the records
 * come out the same, bit for bit, on the same machine with as many threads.
 *
 * @throws {InputError} before any work, when the folder cannot be written to or holds another study's replicates
 */
export async function runStudy(run: StudyRun): Promise<void> {
  const { workers = 2, onProgress, replicates, shard, ...task } = run;
  if (!Number.isInteger(workers) || workers < 1) refuse("runStudy", "at least one worker", workers);
  const { data, own, missing } = await missingReplicates(run, "runStudy");
  const waiting = [...missing];
  const toDo = waiting.length;
  const shares = new Map<number, number>();
  const report = () => {
    const share = [...shares.values()].reduce((sum, part) => sum + part, 0);
    const finished = [...shares.values()].filter((part) => part === 1).length;
    onProgress?.({ done: own.length - toDo + finished, of: own.length, share, toDo });
  };
  report();
  if (toDo > 0) await studyNamed(run.study).prepare?.(data);
  const hear = (replicate: number, share: number) => {
    shares.set(replicate, share);
    report();
  };
  const processes = Array.from({ length: Math.min(workers, toDo) }, () => replicateProcess(task, workers));
  try {
    await Promise.all(processes.map((one) => work(one, waiting, hear)));
  } finally {
    await Promise.all(processes.map((one) => one.end())); // when one has failed, the others leave checkpoints
  }
}

/** Has a process do replicates until none is left. */
async function work(worker: ReplicateProcess, waiting: number[], hear: (replicate: number, share: number) => void): Promise<void> {
  for (let replicate = waiting.shift(); replicate !== undefined; replicate = waiting.shift()) {
    const at = replicate;
    await worker.run(at, (share) => hear(at, share));
    hear(at, 1);
  }
}
