import { Worker } from "node:worker_threads";
import type { StudyIdentity } from "../outcome/outcomeFolder";
import type { ReplicateSettings } from "./replicate";

/** What a thread runs replicates of. */
export interface ThreadTask extends Omit<ReplicateSettings, "onProgress" | "checkpoint"> {
  readonly study: string;
  readonly standIn?: boolean;
  /** Where records are written; without it they are given back as text. */
  readonly folder?: string;
  /** What the study must prove to be here, data and settings; asked where somebody else gave the task. */
  readonly identity?: StudyIdentity;
}

/** What a thread says of the replicate it is at. */
export type ThreadMessage = { readonly share: number } | { readonly finished: true; readonly record?: string };

/** A thread that runs replicates of one study, one at a time, so that this process can go on hearing and telling. */
export interface ReplicateThread {
  /**
   * Runs a replicate and writes its file.
   *
   * @param onShare told the share that is done, from 0 to below 1
   * @returns the record as text, where the task has no folder
   */
  run(replicate: number, onShare: (share: number) => void): Promise<string | undefined>;
  /** Ends the thread, whatever it is at. */
  end(): Promise<void>;
}

/** Begins a thread. After an error it is of no use any more. */
export function replicateThread(task: ThreadTask): ReplicateThread {
  const thread = new Worker(require.resolve("./replicateWorker"), { workerData: task });
  let settle: { hear: (message: ThreadMessage) => void; fail: (error: unknown) => void } | undefined;
  let ended: unknown;
  thread.on("message", (message: ThreadMessage) => settle?.hear(message));
  const over = (error: unknown) => {
    ended ??= error;
    settle?.fail(ended);
  };
  thread.on("error", over);
  thread.on("exit", () => over(new Error("the thread of a replicate ended")));
  return {
    run: (replicate, onShare) =>
      new Promise<string | undefined>((resolve, fail) => {
        if (ended !== undefined) return fail(ended);
        settle = { fail, hear: (message) => ("finished" in message ? resolve(message.record) : onShare(Math.min(message.share, 0.999))) };
        thread.postMessage(replicate);
      }).finally(() => (settle = undefined)),
    async end() {
      await thread.terminate();
    },
  };
}
