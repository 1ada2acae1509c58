import { UnrecoverableError, Worker } from "bullmq";
import { prepareOutcomeFolder } from "../../outcome/outcomeFolder";
import { refuse } from "../../runtime/refuse";
import { writableFolder } from "../../runtime/writableFolder";
import { queueName } from "./recordVersion";
import { redisAddress } from "./redisAddress";
import { requireRedis } from "./requireRedis";
import { packRecord, type SentRecord } from "./sentRecord";
import { readJob } from "./studyJob";
import { processPool } from "./processPool";

/** A machine's part in the studies of a queue. */
export interface QueueWorkerOptions {
  /** Where Redis is, e.g. `"redis://host:6379"`. */
  readonly queue: string;
  /** Replicates that run at the same time, ≥ 1, each in a process of its own. Default 2. */
  readonly workers?: number;
  /** The study's folder, where it lies on storage that all machines share. Without it records are sent back through the queue. */
  readonly folder?: string;
  /** Seconds that this machine may be silent before another one takes its jobs, ≥ 1. Default 60. */
  readonly silence?: number;
  /** Hears what goes on, in words. */
  readonly onWord?: (word: string) => void;
}

/** A worker at work. */
export interface QueueWorker {
  /** The queue it serves: that of this very code. */
  readonly queue: string;
  /** Takes no more jobs; resolves when those at hand are done. */
  close(): Promise<void>;
}

/**
 * Takes replicates out of a queue and runs them, until it is closed. Any number of machines may do so; a machine that is
 * killed is noticed by its silence, and its replicates are run by others.
 *
 * @throws {InputError} when no Redis answers, or the folder cannot be written to
 */
export async function queueWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const { queue: url, workers = 2, folder, silence = 60, onWord = () => {} } = options;
  if (!Number.isInteger(workers) || workers < 1) refuse("worker", "at least one worker", workers);
  if (!(silence >= 1)) refuse("worker", "a silence of at least 1 second", silence);
  if (folder !== undefined) writableFolder(folder, "worker");
  for (const warning of await requireRedis(url, "worker")) onWord(warning);
  const processes = processPool(workers);
  const worker = new Worker<unknown, SentRecord>(queueName(), (job) => run(job.data, (share) => job.updateProgress(share)), {
    connection: { ...redisAddress(url, "worker"), maxRetriesPerRequest: null, retryStrategy: () => 1_000 },
    concurrency: workers,
    lockDuration: silence * 1_000,
    stalledInterval: silence * 500,
    maxStalledCount: 5,
    removeOnFail: { age: 7 * 24 * 3600 },
  });
  let silent = false;
  worker.on("error", (error) => {
    if (!silent) onWord(`Redis does not answer (${error.message}): waiting for it`);
    silent = true;
  });
  worker.on("ready", () => (silent = false));
  worker.on("failed", (job, error) => onWord(`${job?.id ?? "a job"} failed: ${error.message}`));
  return {
    queue: worker.name,
    async close() {
      await worker.close();
      await processes.end();
    },
  };

  async function run(data: unknown, tell: (share: number) => Promise<void>): Promise<SentRecord> {
    const began = Date.now();
    const { task, replicate } = orGiveUp(() => readJob(data));
    const done = (words: string) => onWord(`${task.study} (${task.fidelity}), replicate ${replicate}: ${words}`);
    if (folder !== undefined && orGiveUp(() => prepareOutcomeFolder(folder, task.identity)).includes(replicate)) {
      done("there already");
      return { inFolder: true };
    }
    const record = await processes.run({ ...task, ...(folder !== undefined && { folder }) }, replicate, seldom(tell)).catch(giveUpOnBadInput);
    done(`${((Date.now() - began) / 1000).toFixed(1)} s`);
    return record === undefined ? { inFolder: true } : packRecord(record);
  }
}

/** Bad input stays bad: no second try. */
function orGiveUp<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    return giveUpOnBadInput(error);
  }
}

function giveUpOnBadInput(error: unknown): never {
  if (error instanceof Error && error.name === "InputError" && !/no space left/.test(error.message)) throw new UnrecoverableError(error.message);
  throw error;
}

/** Tells a share at most once a second; one that cannot be told now is left out. */
function seldom(tell: (share: number) => Promise<void>): (share: number) => void {
  let last = 0;
  return (share) => {
    if (Date.now() - last < 1_000) return;
    last = Date.now();
    tell(share).catch(() => {});
  };
}
