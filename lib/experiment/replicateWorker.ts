/** The process behind `replicateProcess`: told what to do, then a number at a time, it runs that replicate and writes its file, or gives back its text. */
import type { Dataset } from "../dataset/dataset";
import { madeWith } from "../outcome/madeWith";
import { keepOutcome } from "../outcome/outcomeFolder";
import { requireSameStudy } from "../outcome/studyIdentity";
import { outcomeText } from "../outcome/outcomeText";
import type { ReplicateOutcome } from "../outcome/record";
import { runReplicate, studyIdentity, type ReplicateSettings } from "./replicate";
import type { Failure, ReplicateMessage, ReplicateTask } from "./replicateProcess";
import { studyNamed } from "./studies";
import { studyData, type Study } from "./study";
import { removeUnfinished, unfinished } from "./unfinished";

const say = (message: ReplicateMessage) => process.send?.(message);

process.once("message", (task: ReplicateTask) => {
  const study = studyNamed(task.study);
  const loaded = studyData(study, task.standIn ?? false).then((data) => {
    if (task.identity !== undefined) requireSameStudy("worker", task.identity, studyIdentity(study, data, task), "this machine");
    return data;
  });
  loaded.catch(() => {}); // told with the first replicate
  process.on("message", (replicate: number) => {
    void loaded
      .then((data) => runReplicate(study, data, replicate, { ...task, ...checkpoints(task, study, data, replicate), onProgress: (share) => say({ share }) }))
      .then((outcome) => say({ finished: true, ...kept(task, outcome) }))
      .catch((error: unknown) => say({ failed: failureOf(error) }));
  });
});
process.on("disconnect", () => process.exit()); // nobody waits for the rest
process.on("SIGINT", () => {}); // an interrupt is for whoever began this process

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack, code, syscall, path } = error as NodeJS.ErrnoException;
  return { name, message, ...(stack && { stack }), ...(code && { code }), ...(syscall && { syscall }), ...(path && { path }) };
}

/** Where records are written, a replicate that is not whole keeps checkpoints beside them. */
function checkpoints(task: ReplicateTask, study: Study, data: Dataset, replicate: number): Pick<ReplicateSettings, "checkpoint"> {
  if (task.folder === undefined) return {};
  return { checkpoint: unfinished(task.folder, replicate, { ...studyIdentity(study, data, task), versions: madeWith() }) };
}

function kept(task: ReplicateTask, outcome: ReplicateOutcome): { readonly record?: string } {
  if (task.folder === undefined) return { record: outcomeText(outcome) };
  keepOutcome(task.folder, outcome);
  removeUnfinished(task.folder, outcome.header.replicate);
  return {};
}
