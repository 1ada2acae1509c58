import { fork } from "node:child_process";
import type { StudyIdentity } from "../outcome/studyIdentity";
import type { ReplicateSettings } from "./replicate";

/** What a process runs replicates of. */
export interface ReplicateTask extends Omit<ReplicateSettings, "onProgress" | "checkpoint" | "trainer"> {
  readonly study: string;
  readonly standIn?: boolean;
  /** Where records are written; without it they are given back as text. */
  readonly folder?: string;
  /** What the study must prove to be here, data and settings; asked where somebody else gave the task. */
  readonly identity?: StudyIdentity;
}

/** What a process says of the replicate it is at. */
export type ReplicateMessage = { readonly share: number } | { readonly finished: true; readonly record?: string } | { readonly failed: Failure };

/** An error on its way from one process to another. */
export type Failure = Pick<NodeJS.ErrnoException, "name" | "message" | "stack" | "code" | "syscall" | "path">;

/**
 * A process that runs replicates of one study, one at a time, so that this one can go on hearing and telling. A process and not a
 * thread: TensorFlow has one number of threads for all of a process, and what is right for a notebook is wrong for several workers.
 */
export interface ReplicateProcess {
  /**
   * Runs a replicate and writes its file.
   *
   * @param onShare told the share that is done, from 0 to below 1
   * @returns the record as text, where the task has no folder
   */
  run(replicate: number, onShare: (share: number) => void): Promise<string | undefined>;
  /** Ends the process, whatever it is at. */
  end(): Promise<void>;
}

/** Garbage is collected without V8's helper threads, which would take a fifth of the time from the other workers, and seldom. */
export const workerFlags: readonly string[] = ["--single-threaded-gc", "--max-semi-space-size=32", "--initial-heap-size=2000"];

/**
 * Begins a process. After an error it is of no use any more; it ends when this one does.
 *
 * @param workers processes at work at the same time: each of several computes with one thread, more would get in each other's way
 */
export function replicateProcess(task: ReplicateTask, workers: number): ReplicateProcess {
  const env = { ...(workers > 1 && { TF_NUM_INTRAOP_THREADS: "1" }), ...process.env };
  const worker = fork(require.resolve("./replicateWorker"), { env, execArgv: [...workerFlags], serialization: "advanced" });
  let settle: { hear: (message: ReplicateMessage) => void; fail: (error: unknown) => void } | undefined;
  let ended: unknown;
  const over = (error: unknown) => {
    ended ??= error;
    settle?.fail(ended);
  };
  const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.on("message", (message: ReplicateMessage) => ("failed" in message ? over(Object.assign(new Error(), message.failed)) : settle?.hear(message)));
  worker.on("error", over);
  worker.on("exit", (code, signal) => over(new Error(`the process of a replicate ended: ${signal ?? `exit status ${code}`}`)));
  worker.send(task);
  return {
    run: (replicate, onShare) =>
      new Promise<string | undefined>((resolve, fail) => {
        if (ended !== undefined) return fail(ended);
        settle = { fail, hear: (message) => ("share" in message ? onShare(Math.min(message.share, 0.999)) : "finished" in message && resolve(message.record)) };
        worker.send(replicate);
      }).finally(() => (settle = undefined)),
    async end() {
      if (worker.kill()) await gone;
    },
  };
}
