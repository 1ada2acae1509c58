import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../runtime/refuse";
import { makeFolder, writableFolder } from "../runtime/writableFolder";
import { curves } from "./curves";
import { writeCurves } from "./curvesFile";
import { requireFolder, wholeReplicates, writeOutcome } from "./outcomeFolder";
import { paperOutcomes } from "./paperOutcomes";
import { questionCounts } from "./questionCounts";
import { writeQuestions } from "./questionsFile";
import type { ReplicateOutcome } from "./record";

/** What was imported of one study. */
export interface ImportedStudy {
  readonly study: string;
  readonly replicates: number;
  /** Where its replicates, `curves.csv` and `questions.csv` are. */
  readonly folder: string;
}

/**
 * Reads the paper's result files, one study per sub-folder `NAME_result`, and writes them as almq's own:
 * `OUT/name/paper/replicate-….csv`, `curves.csv` and `questions.csv`. A sub-folder without result files is passed over.
 * Every study is read before any is written: an import that fails leaves nothing.
 *
 * @throws {InputError} when there is no such sub-folder, a file is not as it should be, or `out` cannot be written to
 * or holds other replicates
 */
export function importPaperResults(from: string, out: string): ImportedStudy[] {
  const studies = resultFiles(from).map(({ study, files }) => {
    const outcomes = paperOutcomes(study, files.map((path) => ({ name: path, bytes: readFileSync(path) }))); // prettier-ignore
    const folder = join(out, study, "paper");
    if (existsSync(folder)) wholeReplicates(folder, outcomes[0]!.header, "importPaperResults");
    return { study, outcomes, folder };
  });
  writableFolder(out, "importPaperResults");
  const aside = join(out, `.import-${process.pid}`);
  try {
    for (const { study, outcomes } of studies) writeStudy(join(aside, study), outcomes);
    for (const { study, folder } of studies) moveFiles(join(aside, study), folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return studies.map(({ study, outcomes, folder }) => ({ study, replicates: outcomes.length, folder }));
}

function writeStudy(folder: string, outcomes: readonly ReplicateOutcome[]): void {
  for (const outcome of outcomes) writeOutcome(folder, outcome);
  writeCurves(join(folder, "curves.csv"), curves(outcomes));
  writeQuestions(join(folder, "questions.csv"), questionCounts(outcomes));
}

function moveFiles(from: string, to: string): void {
  makeFolder(to, "importPaperResults");
  for (const file of readdirSync(from)) renameSync(join(from, file), join(to, file));
}

/** The result files of every study, in the order of their numbers. */
function resultFiles(from: string): { readonly study: string; readonly files: readonly string[] }[] {
  requireFolder("importPaperResults", "a folder of result files", from);
  const folders = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name.endsWith("_result"));
  const number = (name: string) => Number(/\d+/.exec(name));
  const studies = folders.map(({ name }) => {
    const files = readdirSync(join(from, name)).filter((file) => /^result\d+\.pkl$/.test(file)).sort((a, b) => number(a) - number(b)); // prettier-ignore
    return { study: name.slice(0, -"_result".length).toLowerCase(), files: files.map((file) => join(from, name, file)) };
  });
  const found = studies.filter(({ files }) => files.length > 0).sort((a, b) => a.study.localeCompare(b.study));
  if (found.length === 0) refuse("importPaperResults", "sub-folders NAME_result with result0.pkl, …", readdirSync(from).join(", ") || "an empty folder", from);
  const twice = found.find(({ study }, i) => found[i + 1]?.study === study);
  return twice === undefined ? found : refuse("importPaperResults", "one sub-folder of a study", `several of ${twice.study}`, from);
}
