import { Worker } from "node:worker_threads";
import { loadDataset } from "../dataset/registry/loadDataset";
import { prepareOutcomeFolder } from "../outcome/outcomeFolder";
import { refuse } from "../runtime/refuse";
import { plannedRuns, studyIdentity, type ReplicateSettings } from "./replicate";
import { inShard, requireShard, type Shard } from "./shard";
import { studyNamed } from "./studies";

/** A study to be run, in full or in part. */
export interface StudyRun extends Omit<ReplicateSettings, "onProgress"> {
  /** Name of the study. */
  readonly study: string;
  /** Replicates in all, ≥ 1; those already in the folder are kept. */
  readonly replicates: number;
  /** Where the replicates are written, one file each. */
  readonly folder: string;
  /** Run on data that almq draws instead of the real ones. Default false. */
  readonly standIn?: boolean;
  /** Replicates that run at the same time, ≥ 1, each on a thread of its own. Default 2. */
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

/** What a worker is told to do, and what it says of it. */
export type WorkerTask = Omit<StudyRun, "onProgress" | "replicates" | "workers" | "shard">;
export type WorkerMessage = { readonly replicate: number } & ({ readonly share: number } | { readonly finished: true });

/**
 * Runs a study's replicates on worker threads and writes each as soon as it is whole. Called again after an interruption
 * it does what is missing; the records come out the same, bit for bit, on the same machine.
 *
 * @throws {InputError} before any work, when the folder cannot be written to or holds another study's replicates
 */
export async function runStudy(run: StudyRun): Promise<void> {
  const { replicates, workers = 2, shard = { number: 1, of: 1 }, onProgress, ...task } = run;
  if (!Number.isInteger(replicates) || replicates < 1) refuse("runStudy", "at least one replicate", replicates);
  if (!Number.isInteger(workers) || workers < 1) refuse("runStudy", "at least one worker", workers);
  requireShard(shard, "runStudy");
  const study = studyNamed(run.study);
  plannedRuns(study.strategies(run.fidelity), run.methods);
  const data = await loadDataset(study.dataset, { standIn: run.standIn ?? false });
  const found = new Set(prepareOutcomeFolder(run.folder, studyIdentity(study, data, task)));
  const own = Array.from({ length: replicates }, (_, i) => i).filter((replicate) => inShard(shard, replicate));
  const waiting = own.filter((replicate) => !found.has(replicate));
  const toDo = waiting.length;
  const shares = new Map<number, number>();
  const report = () => {
    const share = [...shares.values()].reduce((sum, part) => sum + part, 0);
    const finished = [...shares.values()].filter((part) => part === 1).length;
    onProgress?.({ done: own.length - toDo + finished, of: own.length, share, toDo });
  };
  report();
  // One computing thread for each worker: two would only get in each other's way.
  if (workers > 1) process.env.TF_NUM_INTRAOP_THREADS ??= "1";
  const next = () => waiting.shift();
  const hear = (replicate: number, share: number) => {
    shares.set(replicate, share);
    report();
  };
  const failed = (error: unknown) => {
    waiting.length = 0; // the others end what they are at, and take no more
    throw error;
  };
  await Promise.all(Array.from({ length: Math.min(workers, toDo) }, () => work(task, next, hear).catch(failed)));
}

/** One worker thread that takes replicates until none is left. */
function work(task: WorkerTask, next: () => number | undefined, hear: (replicate: number, share: number) => void): Promise<void> {
  const worker = new Worker(require.resolve("./replicateWorker"), { workerData: task });
  return new Promise<void>((resolve, reject) => {
    const go = () => {
      const replicate = next();
      if (replicate === undefined) resolve();
      else worker.postMessage(replicate);
    };
    worker.on("message", (message: WorkerMessage) => {
      hear(message.replicate, "finished" in message ? 1 : Math.min(message.share, 0.999));
      if ("finished" in message) go();
    });
    worker.on("error", reject);
    go();
  }).finally(() => worker.terminate());
}
