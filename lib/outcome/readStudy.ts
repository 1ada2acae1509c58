import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Fidelity } from "../training/fitSettings";
import { readOutcomes, type StudyOutcomes } from "./outcomeFolder";
import { outcomesFolder } from "./published";

/**
 * What a study left in `outcomes/STUDY/FIDELITY`; no replicates when it has not run.
 *
 * @param study its name, e.g. `"handwriting"`
 * @param folder holds the studies; default the project's `outcomes`
 * @throws {InputError} as `readOutcomes` does
 */
export function readStudy(study: string, fidelity: Fidelity, folder = outcomesFolder): StudyOutcomes {
  const path = join(folder, study, fidelity);
  return existsSync(path) ? readOutcomes(path) : { outcomes: [], losses: [] };
}
