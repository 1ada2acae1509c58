import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, type Dirent } from "node:fs";
import { basename, dirname, join } from "node:path";
import { refuse } from "../runtime/refuse";
import { makeFolder, writableFolder } from "../runtime/writableFolder";
import { curves } from "./curves";
import { writeCurves } from "./curvesFile";
import { replicateFile, replicateFiles, requireFolder, wholeReplicates, writeOutcome } from "./outcomeFolder";
import { outcomeText } from "./outcomeText";
import { paperOutcomes } from "./paperOutcomes";
import { mostBytes } from "./paperResultFiles";
import { parseOutcome } from "./parseOutcome";
import { questionCounts } from "./questionCounts";
import { writeQuestions } from "./questionsFile";
import type { ReplicateOutcome } from "./record";
import { unfinishedLoss } from "./unfinishedRuns";

/** What was imported of one study. */
export interface ImportedStudy {
  readonly study: string;
  readonly replicates: number;
  /** Where its replicates, `curves.csv` and `questions.csv` are. */
  readonly folder: string;
  /** Runs that are unfinished, in words, replicate by replicate. */
  readonly losses: readonly string[];
}

/**
 * Reads the paper's result files, one study per sub-folder `NAME_result`, and writes them as almq's own:
 * `OUT/name/paper/replicate-….csv`, `curves.csv` and `questions.csv`. Other sub-folders, links to some and those without
 * result files are passed over.
 * Every study is read before any is written: an import that fails leaves nothing. Replicates that were imported before are
 * replaced; a folder that holds further ones is refused, so that no study is of two imports.
 *
 * @param onWarning called with what is passed over, and why
 * @throws {InputError} when there is no such sub-folder, a file is missing, twice there or not as it should be, or `out`
 * cannot be written to or holds other replicates
 */
export function importPaperResults(from: string, out: string, onWarning: (warning: string) => void = () => {}): ImportedStudy[] {
  const studies = resultFiles(from, onWarning).map(({ study, files }) => {
    const outcomes = paperOutcomes(study, readFiles(files));
    const folder = join(out, study, "paper");
    for (const outcome of outcomes) parseOutcome(outcomeText(outcome), `replicate ${outcome.header.replicate} of ${study}`);
    requireReplaceable(folder, outcomes);
    return { study, outcomes, folder };
  });
  const made = missingAbove(out);
  const aside = join(out, `.import-${process.pid}`);
  try {
    writableFolder(out, "importPaperResults");
    for (const { study, outcomes } of studies) writeStudy(join(aside, study), outcomes);
    for (const { study, folder } of studies) moveFiles(join(aside, study), folder);
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return studies.map(({ study, outcomes, folder }) => {
    const losses = outcomes.flatMap((outcome) => unfinishedLoss(outcome, join(folder, replicateFile(outcome.header.replicate))) ?? []);
    return { study, replicates: outcomes.length, folder, losses };
  });
}

/** The files' bytes; refuses one that is a copy of another. */
function readFiles(paths: readonly string[]): { readonly name: string; readonly bytes: Buffer }[] {
  const files = paths.map((path) => ({ name: path, bytes: resultBytes(path) }));
  for (const [i, { name, bytes }] of files.entries()) {
    const twin = files.slice(0, i).find((other) => other.bytes.equals(bytes));
    if (twin !== undefined) refuse("importPaperResults", "replicates of its own in every file", `a copy of ${twin.name}`, name);
  }
  return files;
}

function resultBytes(path: string): Buffer {
  const { size } = statSync(path);
  return size > mostBytes ? refuse("importPaperResults", `at most ${mostBytes} bytes`, size, path) : readFileSync(path);
}

/** Refuses to write beside replicates that would stay, or of another study, or where there is a file in the way. */
function requireReplaceable(folder: string, outcomes: readonly ReplicateOutcome[]): void {
  for (const place of [dirname(folder), folder]) if (existsSync(place)) requireFolder("importPaperResults", "a folder to import into", place);
  if (!existsSync(folder)) return;
  writableFolder(folder, "importPaperResults");
  wholeReplicates(folder, outcomes[0]!.header, "importPaperResults");
  const written = new Set(outcomes.map(({ header }) => replicateFile(header.replicate)));
  const stays = replicateFiles(folder).find((file) => !written.has(file));
  if (stays !== undefined) refuse("importPaperResults", `no other replicates than the ${outcomes.length} to be imported`, stays, folder);
}

/** The uppermost folder of a path that is not there yet. */
function missingAbove(path: string): string | undefined {
  if (existsSync(path)) return undefined;
  return dirname(path) === path ? path : (missingAbove(dirname(path)) ?? path);
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

/** Why an entry beside the results is passed over; nothing where it is a folder of results or a plain file. */
function passedOver(from: string, entry: Dirent): string | undefined {
  const path = join(from, entry.name);
  if (entry.isSymbolicLink()) return `${path} is a link and is passed over`;
  if (!entry.isDirectory()) return undefined;
  if (!entry.name.endsWith("_result")) return `${path} is passed over: its name does not end in _result`;
  return readdirSync(path).some((file) => resultName.test(file)) ? undefined : `${path} is passed over: it holds no result0.pkl, …`;
}

const resultName = /^result\d+\.pkl$/;

/** The result files of every study, in the order of their numbers; refuses numbers that are left out. */
function resultFiles(from: string, onWarning: (warning: string) => void): { readonly study: string; readonly files: readonly string[] }[] {
  requireFolder("importPaperResults", "a folder of result files", from);
  const entries = readdirSync(from, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name.endsWith("_result"));
  const number = (name: string) => Number(/\d+/.exec(name));
  const studies = folders.map(({ name }) => {
    const files = readdirSync(join(from, name)).filter((file) => resultName.test(file)).sort((a, b) => number(a) - number(b)); // prettier-ignore
    return { study: name.slice(0, -"_result".length).toLowerCase(), files: files.map((file) => join(from, name, file)) };
  });
  for (const { files } of studies)
    for (const [i, file] of files.entries()) if (basename(file) !== `result${i}.pkl`) refuse("importPaperResults", `result${i}.pkl`, basename(file), dirname(file));
  const found = studies.filter(({ files }) => files.length > 0).sort((a, b) => a.study.localeCompare(b.study));
  if (found.length === 0) refuse("importPaperResults", "sub-folders NAME_result with result0.pkl, …", readdirSync(from).join(", ") || "an empty folder", from);
  for (const entry of entries) {
    const warning = passedOver(from, entry);
    if (warning !== undefined) onWarning(warning);
  }
  const twice = found.find(({ study }, i) => found[i + 1]?.study === study);
  return twice === undefined ? found : refuse("importPaperResults", "one sub-folder of a study", `several of ${twice.study}`, from);
}
