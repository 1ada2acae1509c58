import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { offerName } from "../question/offer";
import { refuse } from "../runtime/refuse";
import { requireSame } from "../runtime/requireSame";
import { systemReason } from "../runtime/systemReason";
import { writableFolder } from "../runtime/writableFolder";
import { outcomeText } from "./outcomeText";
import { headLoss, parseOutcome } from "./parseOutcome";
import type { OutcomeHeader, ReplicateOutcome } from "./record";
import { requireSameStudy, type StudyIdentity } from "./studyIdentity";
import { unfinishedLoss, unfinishedRuns } from "./unfinishedRuns";
import { writeOnce } from "./writeOnce";
import { writeWhole } from "./writeWhole";

/** What a replicate is called wherever something is kept of it: `replicate-07`. */
export function replicateName(replicate: number): string {
  return `replicate-${String(replicate).padStart(2, "0")}`;
}

/** The file of a replicate: `replicate-07.csv`. */
export function replicateFile(replicate: number): string {
  return `${replicateName(replicate)}.csv`;
}

/**
 * Writes a replicate into a folder: the whole file appears at once, or nothing does.
 *
 * @returns the file's path
 */
export function writeOutcome(folder: string, outcome: ReplicateOutcome): string {
  const path = join(folder, replicateFile(outcome.header.replicate));
  writeWhole(path, outcomeText(outcome));
  return path;
}

/**
 * Writes a replicate unless it is there already, whole: several machines may work into one folder, and who comes second
 * leaves the first one's records. A file that was cut is replaced.
 *
 * @returns whether it was written
 * @throws {InputError} when it cannot be written
 */
export function keepOutcome(folder: string, outcome: ReplicateOutcome): boolean {
  return keepText(folder, outcome.header.replicate, outcomeText(outcome));
}

/**
 * Writes a replicate that came as text from elsewhere, as `keepOutcome` does, once it has proved to be what was asked for.
 *
 * @throws {InputError} when it is cut, another replicate's or another study's, and when it cannot be written
 */
export function keepRecord(folder: string, text: string, study: StudyIdentity, replicate: number): boolean {
  const where = `the record of replicate ${replicate}`;
  const { outcome, loss } = parseOutcome(text, where);
  if (outcome.header.replicate !== replicate) refuse("keepRecord", `replicate ${replicate}`, outcome.header.replicate, where);
  requireSameStudy("keepRecord", study, outcome.header, where);
  if (loss !== undefined || !isWhole(outcome)) refuse("keepRecord", "a whole record", loss ?? "one that was cut", where);
  return keepText(folder, replicate, text);
}

/** Whether a folder holds a replicate, whole. */
export function holdsReplicate(folder: string, replicate: number): boolean {
  const file = replicateFile(replicate);
  if (!existsSync(join(folder, file))) return false;
  const { outcome, loss } = readReplicate(folder, file);
  return outcome !== undefined && loss === undefined && isWhole(outcome);
}

function keepText(folder: string, replicate: number, text: string): boolean {
  const path = join(folder, replicateFile(replicate));
  if (writeOnce(path, text)) return true;
  if (holdsReplicate(folder, replicate)) return false;
  writeWhole(path, text);
  return true;
}

/** The replicates of one study. */
export interface StudyOutcomes {
  /** In the order of their numbers. */
  readonly outcomes: readonly ReplicateOutcome[];
  /** What is missing in which file, in words: lines that were cut, and runs without their end. */
  readonly losses: readonly string[];
}

/**
 * Reads every `replicate-….csv` of a folder; a folder without any gives none. Of a file that was cut, the whole records
 * are there and the loss is reported; one without any is left out.
 *
 * @throws {InputError} when there is no such folder, a file is not as it should be, or the files are of different studies,
 * fidelities, data, settings or prices
 */
export function readOutcomes(folder: string): StudyOutcomes {
  requireFolder("readOutcomes", "a folder of outcomes", folder);
  const files = replicateFiles(folder);
  const read = files.map((file) => readReplicate(folder, file));
  const outcomes = read.flatMap(({ outcome }) => outcome ?? []);
  for (const { header } of outcomes) {
    const where = join(folder, replicateFile(header.replicate));
    requireSameStudy("readOutcomes", outcomes[0]!.header, header, where);
    requireSamePrices(outcomes[0]!.header.offers, header.offers, where);
  }
  const losses = read.flatMap(({ outcome, loss }, i) => [loss, outcome && unfinishedLoss(outcome, join(folder, files[i]!))]);
  return { outcomes, losses: losses.filter((words) => words !== undefined) };
}

/** Refuses a replicate in which a run was offered other questions, or for another price; it may have further runs. */
function requireSamePrices(expected: OutcomeHeader["offers"], found: OutcomeHeader["offers"], where: string): void {
  const shared = Object.keys(expected).filter((run) => found[run] !== undefined);
  const [wanted, got] = [expected, found].map((offers) => Object.fromEntries(shared.map((run) => [run, Object.fromEntries(offers[run]!.map((offer) => [offerName(offer), offer.cost]))])));
  requireSame("readOutcomes", "the same questions for the same prices in a folder", wanted!, got!, where);
}

/**
 * Makes the folder of a study ready before any work is done: creates it, tries to write into it,
 * and looks at the replicates that are already there.
 *
 * @param study what every replicate of the study has in common
 * @returns the numbers of the replicates that are whole, to be skipped
 * @throws {InputError} when the folder cannot be written to, or holds replicates of another study, fidelity, seed or settings
 */
export function prepareOutcomeFolder(folder: string, study: StudyIdentity): number[] {
  writableFolder(folder, "prepareOutcomeFolder");
  return wholeReplicates(folder, study, "prepareOutcomeFolder");
}

/** The numbers of the replicates in a folder that are whole; refuses those of another study. */
export function wholeReplicates(folder: string, study: StudyIdentity, caller: string): number[] {
  return replicateFiles(folder).flatMap((file) => {
    const { outcome, loss } = readReplicate(folder, file);
    if (outcome === undefined) return [];
    requireSameStudy(caller, study, outcome.header, join(folder, file));
    return loss === undefined && isWhole(outcome) ? [outcome.header.replicate] : [];
  });
}

/**
 * Refuses a folder with replicates that another version of almq or of what it computes with has made: their numbers may differ.
 *
 * @param made what would make the next ones
 * @throws {InputError} naming the versions that differ
 */
export function requireSameVersions(caller: string, folder: string, made: Pick<OutcomeHeader, "versions" | "backend">): void {
  const deciding = ({ versions: { almq, tensorflow, tfjs }, backend }: typeof made) => ({ almq, tensorflow, tfjs, backend });
  for (const file of replicateFiles(folder)) {
    const { outcome } = readReplicate(folder, file);
    if (outcome !== undefined) requireSame(caller, "records of one version in a folder", deciding(made), deciding(outcome.header), `${join(folder, file)}; another folder keeps them apart`);
  }
}

/** Refuses a path that is no folder. */
export function requireFolder(caller: string, what: string, path: string): void {
  if (!existsSync(path)) refuse(caller, what, "nothing", path);
  if (!statSync(path).isDirectory()) refuse(caller, what, "a file", path);
}

function readReplicate(folder: string, file: string): { readonly outcome?: ReplicateOutcome; readonly loss?: string } {
  const text = textOf(join(folder, file));
  const lost = headLoss(text, join(folder, file));
  if (lost !== undefined) return { loss: lost };
  const parsed = parseOutcome(text, join(folder, file));
  const wanted = replicateFile(parsed.outcome.header.replicate);
  return file === wanted ? parsed : refuse("readOutcomes", `replicate ${parsed.outcome.header.replicate} in ${wanted}`, file, folder);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, ""); // some editors put a byte order mark before the text
  } catch (error) {
    return refuse("readOutcomes", "a file that can be read", systemReason(error), path);
  }
}

/** The replicates of a folder that are whole; those that were cut will be done again. */
export function wholeOutcomes(folder: string): ReplicateOutcome[] {
  return readOutcomes(folder).outcomes.filter(isWhole);
}

/** Whether every run that the header names is there and came to its end: a file may be cut between two lines. */
function isWhole(outcome: ReplicateOutcome): boolean {
  return unfinishedRuns(outcome).length === 0;
}

/** The names of a folder's files of replicates, in the order of their numbers. */
export function replicateFiles(folder: string): string[] {
  const number = (file: string) => Number(/\d+/.exec(file));
  return readdirSync(folder).filter((file) => /^replicate-\d+\.csv$/.test(file)).sort((a, b) => number(a) - number(b));
}
