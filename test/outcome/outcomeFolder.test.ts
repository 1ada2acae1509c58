import { deepEqual, equal, match, throws } from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { prepareOutcomeFolder, randomSource, readOutcomes, writeOutcome } from "almq";
import { syntheticReplicate } from "./syntheticStudy";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "almq-outcome-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const replicate = (number: number, fidelity: "paper" | "corrected" = "paper") => syntheticReplicate(number, randomSource(number), { fidelity: fidelity as "paper" });

test("writeOutcome(folder, outcome) leaves one file named after the replicate", () => {
  writeOutcome(folder, replicate(7));
  writeOutcome(folder, replicate(7));
  deepEqual(readdirSync(folder), ["replicate-07.csv"]);
});

test("readOutcomes(folder) gives replicates in the order of their numbers", () => {
  for (const number of [102, 3, 11]) writeOutcome(folder, replicate(number));
  writeFileSync(join(folder, "curves.csv"), "other files are left alone");
  deepEqual(readOutcomes(folder).outcomes.map(({ header }) => header.replicate), [3, 11, 102]); // prettier-ignore
});

test("readOutcomes(folder) uses the whole records of a cut file and reports the loss", () => {
  const path = writeOutcome(folder, replicate(1));
  writeFileSync(path, readFileSync(path, "utf8").slice(0, -30));
  const { outcomes, losses } = readOutcomes(folder);
  equal(outcomes.length, 1);
  match(losses[0]!, /replicate-01\.csv: the last line was cut/);
});

test("readOutcomes(folder) refuses two fidelities in one folder, and a file under another's name", () => {
  writeOutcome(folder, replicate(1, "paper"));
  const path = writeOutcome(folder, replicate(2, "corrected"));
  throws(() => readOutcomes(folder), /expected one study in a folder, with the fidelity "paper", got corrected at .*replicate-02\.csv/);
  rmSync(path);
  writeFileSync(join(folder, "replicate-05.csv"), readFileSync(join(folder, "replicate-01.csv")));
  throws(() => readOutcomes(folder), /expected replicate 1 in replicate-01\.csv, got replicate-05\.csv/);
  throws(() => readOutcomes(join(folder, "missing")), /expected a folder of outcomes/);
});

test("prepareOutcomeFolder(folder, study) makes the folder and names the replicates that are whole", () => {
  const inner = join(folder, "study", "paper");
  deepEqual(prepareOutcomeFolder(inner, replicate(1).header), []);
  writeOutcome(inner, replicate(1));
  const cut = writeOutcome(inner, replicate(2));
  writeFileSync(cut, readFileSync(cut, "utf8").slice(0, -30));
  deepEqual(prepareOutcomeFolder(inner, replicate(3).header), [1]);
});

test("prepareOutcomeFolder(folder, study) refuses a folder of another fidelity or seed before any work", () => {
  writeOutcome(folder, replicate(1, "paper"));
  throws(() => prepareOutcomeFolder(folder, replicate(2, "corrected").header), /with the fidelity "corrected", got paper/);
  throws(() => prepareOutcomeFolder(folder, { ...replicate(2).header, seed: 8 }), /with the seed 8, got 7/);
});

test("prepareOutcomeFolder(folder, study) says clearly that a folder cannot be written to", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  throws(() => prepareOutcomeFolder(join(file, "study"), replicate(1).header), /^InputError: prepareOutcomeFolder: expected a folder that can be written to, got ENOTDIR/);
});
