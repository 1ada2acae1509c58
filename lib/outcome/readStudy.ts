import { existsSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../runtime/refuse";
import type { Fidelity } from "../training/fitSettings";
import { readOutcomes, requireFolder, type StudyOutcomes } from "./outcomeFolder";
import { outcomesFolder } from "./published";

/**
 * What a study left in `outcomes/STUDY/FIDELITY`; no replicates when it has not run.
 *
 * @param study its name, e.g. `"handwriting"`; a stand-in's ends in `-stand-in`
 * @param folder holds the studies; default the project's `outcomes`
 * @throws {InputError} as `readOutcomes` does, when there is no `folder`, or when the replicates are of another study or
 * fidelity than their folder's name says
 */
export function readStudy(study: string, fidelity: Fidelity, folder = outcomesFolder): StudyOutcomes {
  requireFolder("readStudy", "a folder of outcomes", folder);
  const path = join(folder, study, fidelity);
  if (!existsSync(path)) return { outcomes: [], losses: [] };
  const read = readOutcomes(path);
  const header = read.outcomes[0]?.header;
  if (header === undefined) return read;
  const named = header.standIn && study.endsWith("-stand-in") ? `${header.study}-stand-in` : header.study;
  if (named !== study) refuse("readStudy", `replicates of ${study}`, `of ${named}`, path);
  if (header.fidelity !== fidelity) refuse("readStudy", `replicates of fidelity ${fidelity}`, header.fidelity, path);
  return read;
}
