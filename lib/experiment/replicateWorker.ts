/** The worker thread of `runStudy`: told a number, it runs that replicate and writes its file. */
import { parentPort, workerData } from "node:worker_threads";
import { loadDataset } from "../dataset/registry/loadDataset";
import { keepOutcome } from "../outcome/outcomeFolder";
import { runReplicate } from "./replicate";
import type { WorkerMessage, WorkerTask } from "./runStudy";
import { studyNamed } from "./studies";

const task = workerData as WorkerTask;
const study = studyNamed(task.study);
const loaded = loadDataset(study.dataset, { standIn: task.standIn ?? false });
const say = (message: WorkerMessage) => parentPort!.postMessage(message);

parentPort!.on("message", (replicate: number) => {
  void loaded
    .then((data) => runReplicate(study, data, replicate, { ...task, onProgress: (share) => say({ replicate, share }) }))
    .then((outcome) => {
      keepOutcome(task.folder, outcome);
      say({ replicate, finished: true });
    })
    .catch((error: unknown) => {
      setImmediate(() => {
        throw error; // the main thread hears of it
      });
    });
});
