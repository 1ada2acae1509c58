import { Queue, type JobType } from "bullmq";
import type { StudyIdentity } from "../../outcome/studyIdentity";
import { queueName } from "./recordVersion";
import { redisAddress } from "./redisAddress";
import type { SentRecord } from "./sentRecord";
import { jobId, type StudyJob } from "./studyJob";

/** A study's jobs in the queue, by the numbers of their replicates. */
export interface StudyQueue {
  /** The queue of this very code. */
  readonly name: string;
  /** Puts jobs there; those that are there stay as they are. */
  put(replicates: Iterable<number>): Promise<void>;
  /** The replicates of `wanted` that have ended, and how. */
  ended(wanted: Iterable<number>): Promise<readonly EndedJob[]>;
  /** Takes a job out of the queue, so that it may be put there anew. */
  remove(replicate: number): Promise<void>;
  /** The shares that are done of those under way. */
  shares(wanted: Iterable<number>): Promise<readonly number[]>;
  /** How many workers serve the queue; undefined where Redis does not tell. */
  workers(): Promise<number | undefined>;
  close(): Promise<void>;
}

export type EndedJob = { readonly replicate: number } & ({ readonly sent: unknown } | { readonly failure: string });

/** Jobs put into the queue in one go. */
const slice = 1_000;

/** Opens a study's part of the queue. Without Redis every call fails at once; it connects again by itself. */
export function studyQueue(url: string, identity: StudyIdentity): StudyQueue {
  const connection = { ...redisAddress(url, "study"), maxRetriesPerRequest: 1, retryStrategy: () => 1_000 };
  const queue = new Queue<StudyJob, SentRecord>(queueName(), { connection });
  queue.on("error", () => {}); // the next call says it
  const options = { attempts: 3, backoff: { type: "exponential", delay: 1_000 } };
  const idOf = (replicate: number) => jobId({ identity, replicate });
  const present = async (wanted: Iterable<number>, ...where: JobType[]) => {
    const ids = new Set(await queue.getRanges(where));
    return [...wanted].filter((replicate) => ids.has(idOf(replicate)));
  };
  return {
    name: queue.name,
    async put(replicates) {
      const jobs = [...replicates].map((replicate) => ({ name: identity.study, data: { identity, replicate }, opts: { ...options, jobId: idOf(replicate) } }));
      while (jobs.length > 0) await queue.addBulk(jobs.splice(0, slice));
    },
    async ended(wanted) {
      const found: EndedJob[] = [];
      for (const replicate of await present(wanted, "completed", "failed")) {
        const job = await queue.getJob(idOf(replicate));
        if (job?.finishedOn === undefined) continue;
        found.push(await job.isFailed() ? { replicate, failure: job.failedReason } : { replicate, sent: job.returnvalue });
      }
      return found;
    },
    async remove(replicate) {
      await queue.remove(idOf(replicate));
    },
    async shares(wanted) {
      const ids = new Set([...wanted].map(idOf));
      const jobs = await queue.getJobs(["active"]);
      return jobs.filter((job) => ids.has(job?.id ?? "")).map(({ progress }) => (typeof progress === "number" && progress >= 0 && progress < 1 ? progress : 0));
    },
    workers: () => queue.getWorkersCount().catch(() => undefined),
    close: () => queue.close(),
  };
}
