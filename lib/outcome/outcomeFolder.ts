import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../runtime/refuse";
import { outcomeText } from "./outcomeText";
import { parseOutcome } from "./parseOutcome";
import type { OutcomeHeader, ReplicateOutcome } from "./record";
import { writeWhole } from "./writeWhole";

/** The file of a replicate: `replicate-07.csv`. */
export function replicateFile(replicate: number): string {
  return `replicate-${String(replicate).padStart(2, "0")}.csv`;
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

/** The replicates of one study. */
export interface StudyOutcomes {
  /** In the order of their numbers. */
  readonly outcomes: readonly ReplicateOutcome[];
  /** What was cut off and left out, in words. */
  readonly losses: readonly string[];
}

/**
 * Reads every `replicate-….csv` of a folder; a folder without any gives none.
 *
 * @throws {InputError} when there is no such folder, a file is not as it should be, or the files are of different studies,
 * fidelities, data or settings
 */
export function readOutcomes(folder: string): StudyOutcomes {
  if (!existsSync(folder)) refuse("readOutcomes", "a folder of outcomes", folder);
  const read = replicateFiles(folder).map((file) => ({ file, ...parseOutcome(readFileSync(join(folder, file), "utf8"), file) }));
  for (const { file, outcome } of read) {
    if (file !== replicateFile(outcome.header.replicate)) refuse("readOutcomes", `replicate ${outcome.header.replicate} in ${replicateFile(outcome.header.replicate)}`, file);
    refuseOtherStudy("readOutcomes", read[0]!.outcome.header, outcome.header, `${join(folder, file)}`);
  }
  return { outcomes: read.map(({ outcome }) => outcome), losses: read.flatMap(({ loss }) => loss ?? []) };
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
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    const probe = join(folder, `.writable-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    refuse("prepareOutcomeFolder", "a folder that can be written to", (error as Error).message, folder);
  }
  return readWhole(folder).map(({ header }) => {
    refuseOtherStudy("prepareOutcomeFolder", study, header, join(folder, replicateFile(header.replicate)));
    return header.replicate;
  });
}

function readWhole(folder: string): ReplicateOutcome[] {
  return replicateFiles(folder).flatMap((file) => {
    const { outcome, loss } = parseOutcome(readFileSync(join(folder, file), "utf8"), join(folder, file));
    return loss === undefined ? [outcome] : [];
  });
}

function replicateFiles(folder: string): string[] {
  const number = (file: string) => Number(/\d+/.exec(file));
  return readdirSync(folder).filter((file) => /^replicate-\d+\.csv$/.test(file)).sort((a, b) => number(a) - number(b));
}

const identity = ["study", "dataset", "source", "standIn", "fidelity", "seed", "settings"] as const;

/** What the replicates of one study have in common. */
export type StudyIdentity = Pick<OutcomeHeader, (typeof identity)[number]>;

function refuseOtherStudy(caller: string, expected: StudyIdentity, found: StudyIdentity, where: string): void {
  for (const field of identity)
    if (JSON.stringify(expected[field]) !== JSON.stringify(found[field]))
      refuse(caller, `one study in a folder, with the ${field} ${JSON.stringify(expected[field])}`, found[field], where);
}
