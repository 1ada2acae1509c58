import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { keepOutcome, prepareOutcomeFolder, randomSource, readOutcomes, readStudy, replicateFile, writeOutcome } from "almq";
import { syntheticReplicate } from "./syntheticStudy";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "almq-outcome-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const replicate = (number: number, fidelity: "paper" | "corrected" = "paper") => syntheticReplicate(number, randomSource(number), { fidelity });

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
  throws(() => readOutcomes(folder), /expected one study in a folder, with fidelity "paper", got fidelity "corrected" at .*replicate-02\.csv/);
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
  throws(() => prepareOutcomeFolder(folder, replicate(2, "corrected").header), /with fidelity "corrected", got fidelity "paper"/);
  throws(() => prepareOutcomeFolder(folder, { ...replicate(2).header, seed: 8 }), /in a folder, with seed 8, got seed 7 at/);
});

test("prepareOutcomeFolder(folder, study) says clearly that a folder cannot be written to", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  throws(() => prepareOutcomeFolder(join(file, "study"), replicate(1).header), /^InputError: prepareOutcomeFolder: expected a folder, got a file at .*file$/);
});

test("prepareOutcomeFolder(folder, study) names only the settings that differ", () => {
  writeOutcome(folder, replicate(1));
  const { header } = replicate(2);
  throws(() => prepareOutcomeFolder(folder, { ...header, settings: { ...header.settings, budget: 20, fit: { epochs: 3 } } }), /with settings\.budget 20, settings\.fit\.epochs 3, got settings\.budget 10, settings\.fit\.epochs not set at/);
});

test("prepareOutcomeFolder(folder, study) comes back from places where no folder can be made", { skip: process.platform !== "linux" }, () => {
  throws(() => prepareOutcomeFolder("/proc/almq/study", replicate(1).header), /prepareOutcomeFolder: expected a folder that can be made, got no such place at \/proc\/almq/);
});

test("readOutcomes(folder) leaves out a file cut before its first record and says so; its replicate is done again", () => {
  writeOutcome(folder, replicate(1));
  const path = writeOutcome(folder, replicate(2));
  const text = readFileSync(path, "utf8");
  for (const length of [0, 1, 40, text.indexOf("\n") + 1, text.indexOf("\n") + 9]) {
    writeFileSync(path, text.slice(0, length));
    const { outcomes, losses } = readOutcomes(folder);
    deepEqual(outcomes.map(({ header }) => header.replicate), [1]); // prettier-ignore
    match(losses[0]!, new RegExp(`replicate-02\\.csv: cut after ${length} characters, before the first record, and left out$`));
    deepEqual(prepareOutcomeFolder(folder, replicate(1).header), [1]);
  }
});

test("prepareOutcomeFolder(folder, study) does a replicate again that was cut between two lines", () => {
  const path = writeOutcome(folder, replicate(1));
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  writeFileSync(path, `${lines.slice(0, -1).join("\n")}\n`);
  deepEqual(prepareOutcomeFolder(folder, replicate(1).header), []);
});

test("readOutcomes(folder) says of a run that was cut how far it goes and how much is missing, of every file and run", () => {
  const [path, other] = [1, 2].map((number) => writeOutcome(folder, replicate(number))) as [string, string];
  const lines = readFileSync(path, "utf8").split("\n");
  const almq = lines.filter((line) => line.startsWith("ALMQ"));
  writeFileSync(path, lines.filter((line) => !almq.slice(-3).includes(line)).join("\n")); // ALMQ loses its end; RA stands whole behind it
  const spent = almq.at(-4)!.split(",")[2];
  deepEqual(readOutcomes(folder).losses, [`${path}: 1 of 2 runs unfinished: ALMQ+EE breaks off at ${spent} of its budget of 10 (1 of 3 points missing); curves use the points that are there, statistics leave such runs out`]);
  writeFileSync(other, readFileSync(other, "utf8").split("\n").filter((line) => !line.startsWith("RA,")).join("\n")); // prettier-ignore
  match(readOutcomes(folder).losses[1]!, /replicate-02\.csv: 1 of 2 runs unfinished: RA is not there \(3 of 3 points missing\);/);
  deepEqual(prepareOutcomeFolder(folder, replicate(1).header), []);
});

test("readOutcomes(folder) of files of format 1, which do not say how runs ended, holds a run for ended when nothing on offer can be paid", () => {
  const { header, runs } = replicate(1);
  const path = writeOutcome(folder, { header: { ...header, format: 1 }, runs });
  ok(!readFileSync(path, "utf8").includes("stopped"));
  const { outcomes, losses } = readOutcomes(folder);
  deepEqual([losses, outcomes[0]!.runs.map(({ stopped }) => stopped?.by)], [[], ["budget", "budget"]]);
  writeFileSync(path, readFileSync(path, "utf8").split("\n").filter((line) => !line.startsWith("RA,10,")).join("\n")); // prettier-ignore
  match(readOutcomes(folder).losses[0]!, /RA breaks off at 9 of its budget of 10 \(1 of 3 points missing\)/);
});

test("readOutcomes(folder) of files of format 1 reads a run that went on where its first costs would have ended it", () => {
  const { header, runs } = replicate(1);
  const dear = Object.fromEntries(Object.entries(header.offers).map(([run, offers]) => [run, offers.map((offer) => ({ ...offer, cost: 4 }))]));
  writeOutcome(folder, { header: { ...header, format: 1, offers: dear }, runs });
  deepEqual(readOutcomes(folder).outcomes[0]!.runs.map(({ records }) => records.length), runs.map(({ records }) => records.length)); // prettier-ignore
  deepEqual(readOutcomes(folder).losses, []);
});

test("readOutcomes(folder) refuses replicates in which a question has another price, and passes over a byte order mark", () => {
  for (const i of [1, 2]) writeOutcome(folder, replicate(i));
  const path = join(folder, replicateFile(2));
  const text = readFileSync(path, "utf8");
  writeFileSync(path, `\uFEFF${text}`);
  equal(readOutcomes(folder).outcomes.length, 2);
  writeFileSync(path, text.replace('"cost":0.32', '"cost":0.5'));
  throws(() => readOutcomes(folder), /expected the same questions for the same prices in a folder, with ALMQ\+EE\.All2 0\.32, got ALMQ\+EE\.All2 0\.5 at .*replicate-02\.csv/);
});

test("readOutcomes(folder) names a file that cannot be read", () => {
  mkdirSync(join(folder, replicateFile(3)));
  throws(() => readOutcomes(folder), /^InputError: readOutcomes: expected a file that can be read, got .+ at .*replicate-03\.csv$/);
});

test("readOutcomes(folder) keeps why a run ended before its budget was spent", () => {
  const made = replicate(1);
  const stopped = { by: "stablePredictions + plateau", because: "five rounds without gain" };
  writeOutcome(folder, { ...made, runs: made.runs.map((run) => ({ ...run, records: run.records.slice(0, 3), stopped })) });
  const { outcomes, losses } = readOutcomes(folder);
  deepEqual([losses, outcomes[0]!.runs.map((run) => run.stopped?.by)], [[], [stopped.by, stopped.by]]);
  deepEqual(prepareOutcomeFolder(folder, made.header), [1]);
});

test("readStudy(study, fidelity, folder) refuses a missing folder, and replicates of another study or fidelity than their folder's", () => {
  throws(() => readStudy("mnist", "paper", join(folder, "missing")), /readStudy: expected a folder of outcomes, got nothing at .*missing/);
  deepEqual(readStudy("mnist", "paper", folder).outcomes, []);
  writeOutcome(join(folder, "mnist", "paper"), replicate(1));
  throws(() => readStudy("mnist", "paper", folder), /readStudy: expected replicates of mnist, got of synthetic at/);
  writeOutcome(join(folder, "synthetic", "corrected"), replicate(1));
  throws(() => readStudy("synthetic", "corrected", folder), /readStudy: expected replicates of fidelity corrected, got paper at/);
});

test("keepOutcome(folder, outcome) writes a record once, leaves one that is there, and replaces one that was cut", () => {
  const own = join(folder, "once");
  mkdirSync(own);
  const path = join(own, replicateFile(4));
  equal(keepOutcome(own, replicate(4)), true);
  const first = readFileSync(path, "utf8");
  equal(keepOutcome(own, replicate(4)), false);
  for (const cut of [first.slice(0, -20), ""]) {
    writeFileSync(path, cut);
    equal(keepOutcome(own, replicate(4)), true);
    equal(readFileSync(path, "utf8"), first);
  }
  deepEqual(readdirSync(own), [replicateFile(4)]);
});
