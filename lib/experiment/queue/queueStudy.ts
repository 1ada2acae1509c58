import { setTimeout as pause } from "node:timers/promises";
import { holdsReplicate, keepRecord } from "../../outcome/outcomeFolder";
import type { StudyIdentity } from "../../outcome/studyIdentity";
import { refuse } from "../../runtime/refuse";
import { withoutPassword } from "../../runtime/serverAddress";
import { missingReplicates, type MissingReplicates } from "../missingReplicates";
import type { StudyRun } from "../runStudy";
import { requireRedis } from "./requireRedis";
import { unpackRecord } from "./sentRecord";
import { studyQueue, type EndedJob, type StudyQueue } from "./studyQueue";

/** A study whose replicates other machines run. */
export interface QueuedStudy extends Omit<StudyRun, "workers"> {
  /** Where Redis is, e.g. `"redis://host:6379"`. */
  readonly queue: string;
  /** Hears what is not as it should be, in words. */
  readonly onWarning?: (warning: string) => void;
  /** Leaves off when aborted; the jobs stay in the queue. */
  readonly signal?: AbortSignal;
}

/** Milliseconds between two looks at the queue. Every tenth look puts back what was lost, and counts the workers. */
const pace = 1_000;
const thorough = 10;

/**
 * Puts the missing replicates of a study into a queue and gathers their records until all are there. Started again, after
 * a kill of any of the machines, it goes on: jobs have names, a record is written once, and lost jobs are put there again, as are
 * those that failed.
 *
 * @throws {InputError} before any work, as `runStudy` does and when no Redis answers; at the end, naming replicates that failed
 */
export async function queueStudy(study: QueuedStudy): Promise<void> {
  const { queue: url, onWarning = () => {}, onProgress, signal, ...run } = study;
  const plan = await missingReplicates(run, "study");
  for (const warning of await requireRedis(url, "study")) onWarning(warning);
  const queue = studyQueue(url, plan.identity);
  const waiting = new Set(plan.missing);
  const failures = new Map<string, number[]>(); // replicates, by what went wrong
  const warn = onChange(onWarning);
  try {
    for (let look = 0; waiting.size > 0 && !signal?.aborted; look++) {
      try {
        if (look === 0) await forgetFailures(queue, waiting);
        if (look % thorough === 0) await queue.put(waiting);
        for (const job of await queue.ended(waiting)) {
          const reason = take(job, run.folder, plan.identity);
          if (reason !== undefined) fail(job.replicate, reason);
          waiting.delete(job.replicate);
          if ("sent" in job) await queue.remove(job.replicate);
        }
        report(plan, waiting.size, await queue.shares(waiting));
        if (look % thorough === thorough - 1) warn((await queue.workers()) === 0 ? `no worker serves ${queue.name}: on other machines, with this very code, npm run worker -- ${withoutPassword(url)}` : "");
      } catch (error) {
        if ((error as Error).name === "InputError") throw error;
        warn(`Redis does not answer (${(error as Error).message}): waiting for it`);
      }
      if (waiting.size > 0) await pause(pace, undefined, signal && { signal }).catch(() => {});
    }
  } finally {
    await Promise.race([queue.close().catch(() => {}), pause(pace)]);
  }
  if (failures.size > 0) refuse("study", "every replicate to be run", inWords(failures));

  function fail(replicate: number, reason: string): void {
    const others = failures.get(reason);
    if (others === undefined) onWarning(`replicate ${replicate} failed: ${reason}`); // a machine that lacks something may fail them all
    failures.set(reason, [...(others ?? []), replicate]);
  }

  function report({ own, missing }: MissingReplicates, left: number, shares: readonly number[]): void {
    const done = missing.length - left - [...failures.values()].flat().length;
    const share = done + shares.reduce((sum, part) => sum + part, 0);
    onProgress?.({ done: own.length - missing.length + done, of: own.length, share, toDo: missing.length });
  }
}

/** What failed in an earlier call is tried again. */
async function forgetFailures(queue: StudyQueue, waiting: ReadonlySet<number>): Promise<void> {
  for (const job of await queue.ended(waiting)) if ("failure" in job) await queue.remove(job.replicate);
}

/** Writes the record of a job that ended; gives back why there is none, in words. A disk that is full ends it all: the job stays. */
function take(job: EndedJob, folder: string, identity: StudyIdentity): string | undefined {
  const { replicate } = job;
  if ("failure" in job) return job.failure;
  const record = unpackRecord(job.sent);
  if (record !== undefined) keepRecord(folder, record, identity, replicate);
  else if (!holdsReplicate(folder, replicate)) return `its worker wrote it, but it is not in ${folder}: --out there and here must be one shared folder`;
  return undefined;
}

function inWords(failures: ReadonlyMap<string, readonly number[]>): string {
  return [...failures].map(([reason, replicates]) => `replicate${replicates.length === 1 ? "" : "s"} ${[...replicates].sort((a, b) => a - b).join(", ")}: ${reason}`).join("; ");
}

/** Passes a sentence on when it is another one than before. */
function onChange(tell: (words: string) => void): (words: string) => void {
  let before = "";
  return (words) => {
    if (words !== before && words !== "") tell(words);
    before = words;
  };
}
