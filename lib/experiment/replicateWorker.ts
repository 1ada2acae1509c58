/** The worker thread of `runStudy`: told a number, it runs that replicate and writes its file. */
import { parentPort, workerData } from "node:worker_threads";
import { loadDataset } from "../dataset/registry/loadDataset";
import { madeWith } from "../outcome/madeWith";
import { keepOutcome } from "../outcome/outcomeFolder";
import { runReplicate, studyIdentity } from "./replicate";
import type { WorkerMessage, WorkerTask } from "./runStudy";
import { studyNamed } from "./studies";
import { removeUnfinished, unfinished } from "./unfinished";

const task = workerData as WorkerTask;
const study = studyNamed(task.study);
const loaded = loadDataset(study.dataset, { standIn: task.standIn ?? false });
const say = (message: WorkerMessage) => parentPort!.postMessage(message);

parentPort!.on("message", (replicate: number) => {
  void loaded
    .then((data) => {
      const checkpoint = unfinished(task.folder, replicate, { ...studyIdentity(study, data, task), versions: madeWith() });
      return runReplicate(study, data, replicate, { ...task, checkpoint, onProgress: (share) => say({ replicate, share }) });
    })
    .then((outcome) => {
      keepOutcome(task.folder, outcome);
      removeUnfinished(task.folder, replicate);
      say({ replicate, finished: true });
    })
    .catch((error: unknown) => {
      setImmediate(() => {
        throw error; // the main thread hears of it
      });
    });
});
