import type { StudyIdentity } from "../../outcome/studyIdentity";
import { studyKey } from "../../outcome/studyKey";
import { refuse } from "../../runtime/refuse";
import { plannedRuns } from "../replicate";
import { studyNamed } from "../studies";
import type { ReplicateTask } from "../replicateProcess";

/** One replicate, as it waits in the queue. */
export interface StudyJob {
  readonly identity: StudyIdentity;
  readonly replicate: number;
}

/** What a worker makes of a job: it must prove to have the same study. */
export interface StudyTask extends ReplicateTask {
  readonly identity: StudyIdentity;
}

/** The name of a job: putting it twice into the queue is putting it once. */
export function jobId({ identity, replicate }: StudyJob): string {
  return `${studyKey(identity)}-${replicate}`;
}

/**
 * Reads a job that somebody put into the queue.
 *
 * @throws {InputError} when it is none that this code could have put there
 */
export function readJob(data: unknown): { readonly task: StudyTask; readonly replicate: number } {
  const wrong = (expected: string, got: unknown): never => refuse("worker", expected, got, "a job in the queue");
  if (!isObject(data) || !isObject(data.identity) || !isObject(data.identity.settings)) return wrong("a study and a replicate", data);
  const { replicate } = data;
  const { study, fidelity, seed, standIn, settings } = data.identity;
  if (typeof replicate !== "number" || !Number.isInteger(replicate) || replicate < 0) return wrong("a replicate from 0 on", replicate);
  if (typeof study !== "string") return wrong("the name of a study", study);
  if (fidelity !== "paper" && fidelity !== "corrected") return wrong("a fidelity of paper or corrected", fidelity);
  if (typeof seed !== "string" && typeof seed !== "number") return wrong("a seed", seed);
  if (typeof standIn !== "boolean") return wrong("a stand-in of true or false", standIn);
  const { methods } = settings as { methods?: unknown };
  if (methods !== undefined && !(Array.isArray(methods) && methods.every((method) => typeof method === "string"))) return wrong("names of methods", methods);
  plannedRuns(studyNamed(study).strategies(fidelity), methods);
  const task: StudyTask = { study, fidelity, seed, standIn, identity: data.identity as unknown as StudyIdentity };
  return { task: methods === undefined ? task : { ...task, methods: methods as string[] }, replicate };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
