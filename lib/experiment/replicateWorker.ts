/** The thread behind `replicateThread`: told a number, it runs that replicate and writes its file, or gives back its text. */
import { parentPort, workerData } from "node:worker_threads";
import type { Dataset } from "../dataset/dataset";
import { madeWith } from "../outcome/madeWith";
import { keepOutcome, requireSameStudy } from "../outcome/outcomeFolder";
import { outcomeText } from "../outcome/outcomeText";
import type { ReplicateOutcome } from "../outcome/record";
import { runReplicate, studyIdentity, type ReplicateSettings } from "./replicate";
import type { ThreadMessage, ThreadTask } from "./replicateThread";
import { studyNamed } from "./studies";
import { studyData } from "./study";
import { removeUnfinished, unfinished } from "./unfinished";

const task = workerData as ThreadTask;
const study = studyNamed(task.study);
const loaded = studyData(study, task.standIn ?? false).then((data) => {
  if (task.identity !== undefined) requireSameStudy("worker", task.identity, studyIdentity(study, data, task), "this machine");
  return data;
});
const say = (message: ThreadMessage) => parentPort!.postMessage(message);

parentPort!.on("message", (replicate: number) => {
  void loaded
    .then((data) => runReplicate(study, data, replicate, { ...task, ...checkpoints(data, replicate), onProgress: (share) => say({ share }) }))
    .then((outcome) => say({ finished: true, ...kept(outcome) }))
    .catch((error: unknown) => {
      setImmediate(() => {
        throw error; // the main thread hears of it
      });
    });
});

/** Where records are written, a replicate that is not whole keeps checkpoints beside them. */
function checkpoints(data: Dataset, replicate: number): Pick<ReplicateSettings, "checkpoint"> {
  if (task.folder === undefined) return {};
  return { checkpoint: unfinished(task.folder, replicate, { ...studyIdentity(study, data, task), versions: madeWith() }) };
}

function kept(outcome: ReplicateOutcome): { readonly record?: string } {
  if (task.folder === undefined) return { record: outcomeText(outcome) };
  keepOutcome(task.folder, outcome);
  removeUnfinished(task.folder, outcome.header.replicate);
  return {};
}
