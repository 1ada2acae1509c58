import path from "node:path";
import { workerFlags } from "../../experiment/replicateProcess";
import { projectFolder } from "../../runtime/projectFolder";
import { lastLine } from "./lastLine";
import type { StudyTask, StudyTaskResult } from "./studyTask";
import { timedRow, type Timed, type TimedRow } from "./timedRow";

/** Does one of almq's tasks in a process of its own. */
export function studyProcess(task: StudyTask): StudyTaskResult {
  return lastLine(process.execPath, [...workerFlags, path.join(__dirname, "studyTask.js"), JSON.stringify(task)]);
}

/** Measures one of almq's tasks. */
export function almqRow(what: string, repeats: number, task: StudyTask): TimedRow {
  return timedRow(what, Array.from({ length: repeats }, () => studyProcess(task)));
}

/** Measures PyTorch's side, on the inputs that a task wrote, with so many threads; without a number, as many as it thinks right. */
export function torchRow(what: string, repeats: number, python: string, args: readonly [bench: "study" | "round", inputs: string, ...threads: string[]]): TimedRow {
  const program = path.join(projectFolder, "lib/command/bench/studyPeer.py");
  return timedRow(what, Array.from({ length: repeats }, () => lastLine<Timed>(python, [program, ...args])));
}
