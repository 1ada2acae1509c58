import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../runtime/refuse";
import { curves } from "./curves";
import { writeCurves } from "./curvesFile";
import { prepareOutcomeFolder, writeOutcome } from "./outcomeFolder";
import { paperOutcomes } from "./paperOutcomes";

/** What was imported of one study. */
export interface ImportedStudy {
  readonly study: string;
  readonly replicates: number;
  /** Where its replicates and `curves.csv` are. */
  readonly folder: string;
}

/**
 * Reads the paper's result files, one study per sub-folder `NAME_result`, and writes them as almq's own:
 * `OUT/name/paper/replicate-….csv` and `curves.csv`. A sub-folder without result files is passed over.
 *
 * @throws {InputError} when there is no such sub-folder, a file is not as it should be, or `out` cannot be written to
 */
export function importPaperResults(from: string, out: string): ImportedStudy[] {
  if (!existsSync(from)) refuse("importPaperResults", "a folder of result files", from);
  const studies = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name.endsWith("_result"));
  const found = studies.map(({ name }) => ({ study: name.slice(0, -"_result".length).toLowerCase(), files: resultFiles(join(from, name)) }));
  const whole = found.filter(({ files }) => files.length > 0).sort((a, b) => a.study.localeCompare(b.study));
  if (whole.length === 0) refuse("importPaperResults", "sub-folders NAME_result with result0.pkl, …", readdirSync(from).join(", ") || "an empty folder", from);
  return whole.map(({ study, files }) => {
    const outcomes = paperOutcomes(study, files.map((path) => ({ name: path, bytes: readFileSync(path) }))); // prettier-ignore
    const folder = join(out, study, "paper");
    if (outcomes[0] !== undefined) prepareOutcomeFolder(folder, outcomes[0].header);
    for (const outcome of outcomes) writeOutcome(folder, outcome);
    writeCurves(join(folder, "curves.csv"), curves(outcomes));
    return { study, replicates: outcomes.length, folder };
  });
}

function resultFiles(folder: string): string[] {
  const number = (name: string) => Number(/\d+/.exec(name));
  const names = readdirSync(folder).filter((name) => /^result\d+\.pkl$/.test(name));
  return names.sort((a, b) => number(a) - number(b)).map((name) => join(folder, name));
}
