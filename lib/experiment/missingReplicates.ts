import type { Dataset } from "../dataset/dataset";
import { madeWith } from "../outcome/madeWith";
import { prepareOutcomeFolder, requireSameVersions } from "../outcome/outcomeFolder";
import type { StudyIdentity } from "../outcome/studyIdentity";
import { refuse } from "../runtime/refuse";
import { plannedRuns, studyIdentity } from "./replicate";
import type { StudyRun } from "./runStudy";
import { inShard, requireShard } from "./shard";
import { studyNamed } from "./studies";
import { studyData } from "./study";
import { removeUnfinished } from "./unfinished";

/** What of a study is there, and what is to be done. */
export interface MissingReplicates {
  readonly identity: StudyIdentity;
  readonly data: Dataset;
  /** Numbers of the replicates of the shard, or of the study. */
  readonly own: readonly number[];
  /** Those of them that no file holds. */
  readonly missing: readonly number[];
}

/**
 * Checks all that a study is told before any work, makes its folder ready and finds what is missing in it.
 *
 * @throws {InputError} when the folder cannot be written to or holds replicates of another study, or of another version while some are
 * missing, and for wrong settings
 */
export async function missingReplicates(run: StudyRun, caller: string): Promise<MissingReplicates> {
  const { replicates, shard = { number: 1, of: 1 } } = run;
  if (!Number.isInteger(replicates) || replicates < 1 || replicates > 1e5) refuse(caller, "1 to 100,000 replicates", replicates);
  requireShard(shard, caller);
  const study = studyNamed(run.study);
  plannedRuns(study.strategies(run.fidelity), run.methods);
  const data = await studyData(study, run.standIn ?? false);
  const identity = studyIdentity(study, data, run);
  const found = new Set(prepareOutcomeFolder(run.folder, identity));
  for (const replicate of found) removeUnfinished(run.folder, replicate);
  const own = Array.from({ length: replicates }, (_, i) => i).filter((replicate) => inShard(shard, replicate));
  const missing = own.filter((replicate) => !found.has(replicate));
  if (missing.length > 0) requireSameVersions(caller, run.folder, madeWith());
  return { identity, data, own, missing };
}
