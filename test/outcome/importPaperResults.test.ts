import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { downloadPaperResults, importPaperResults, paperOutcomes, readCurves, readOutcomes, readQuestions, writeOutcome } from "almq";
import { list, pickle, tensor } from "./pickleBytes";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "almq-import-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const model = [0.85, 0.8, 1.4, 0.6, 0.4];
const rows = (columns: number, budget: number, accuracy = 0.85) => {
  const cells = Array.from({ length: budget + 1 }, (_, spent) => [accuracy, ...model.slice(1), spent, 0, 3, ...model, 9, 0, 0, 0, 0, 0].slice(0, columns)).flat();
  return tensor(cells, [budget + 1, columns]);
};
/** Of 13 runs that ask for labels alone; the first one may be cut, or told from another replicate's by its accuracy. */
const replicate = (budget: number, { first = budget, accuracy = 0.85 } = {}) =>
  list(rows(19, first, accuracy), rows(19, budget), rows(13, budget), ...Array.from({ length: 10 }, () => rows(19, budget)), tensor(model, [5]), tensor(model, [5]));

test("importPaperResults(from, out) writes one study per sub-folder, with its curves, files in the order of their numbers", () => {
  const from = join(folder, "Outcomes");
  for (const name of ["Tumor_result", "HAR_result", "other"]) mkdirSync(join(from, name), { recursive: true });
  for (let i = 10; i >= 0; i--) writeFileSync(join(from, "Tumor_result", `result${i}.pkl`), pickle(list(replicate(300, { accuracy: 0.8 + i / 100 }))));
  writeFileSync(join(from, "HAR_result", ".DS_Store"), "");
  const out = join(folder, "out");
  symlinkSync(join(from, "Tumor_result"), join(from, "Animal_result"));
  const warnings: string[] = [];
  deepEqual(importPaperResults(from, out, (warning) => warnings.push(warning)).map(({ study, replicates }) => `${study} ${replicates}`), ["tumor 11"]); // prettier-ignore
  deepEqual(readdirSync(join(out, "tumor", "paper")).sort(), ["curves.csv", "questions.csv", ...Array.from({ length: 11 }, (_, i) => `replicate-${String(i).padStart(2, "0")}.csv`)]);
  deepEqual(warnings.map((warning) => warning.slice(from.length + 1)).sort(), ["Animal_result is a link and is passed over", "HAR_result is passed over: it holds no result0.pkl, …", "other is passed over: its name does not end in _result"]); // prettier-ignore
  const { outcomes, losses } = readOutcomes(join(out, "tumor", "paper"));
  equal(outcomes[0]!.header.fidelity, "paper");
  deepEqual(losses, []);
  deepEqual(outcomes.map(({ runs }) => runs[0]!.records[0]!.pool.accuracy.toFixed(2)), outcomes.map((_, i) => (0.8 + i / 100).toFixed(2)));
  deepEqual(readQuestions(join(out, "tumor", "paper", "questions.csv")).map(({ exploration, question, replicates, asked }) => `${exploration} ${question} ${replicates} ${asked}`).slice(0, 2), ["true Class 11 300", "true All1 11 0"]); // prettier-ignore
  equal(readCurves(join(out, "tumor", "paper", "curves.csv")).length, 13 * 16);
});

test("importPaperResults(from, out) refuses a folder without results, and writes nothing when a file is harmful", () => {
  throws(() => importPaperResults(join(folder, "missing"), folder), /importPaperResults: expected a folder of result files/);
  throws(() => importPaperResults(folder, folder), /expected sub-folders NAME_result with result0\.pkl, …, got an empty folder/);
  mkdirSync(join(folder, "MNIST_result"));
  writeFileSync(join(folder, "MNIST_result", "result0.pkl"), Buffer.from("cos\nsystem\n(S'true'\ntR."));
  throws(() => importPaperResults(folder, join(folder, "out")), /got os system at byte \d+ of .*result0\.pkl/);
  deepEqual(readdirSync(folder), ["MNIST_result"]);
});

test("importPaperResults(from, out) leaves nothing of the first study where the second fails", () => {
  const from = join(folder, "Outcomes");
  for (const name of ["Animal_result", "Tumor_result"]) mkdirSync(join(from, name), { recursive: true });
  writeFileSync(join(from, "Animal_result", "result0.pkl"), pickle(list(replicate(500))));
  writeFileSync(join(from, "Tumor_result", "result0.pkl"), pickle(list()));
  const out = join(folder, "out");
  throws(() => importPaperResults(from, out), /paperOutcomes: expected at least one replicate, got an empty list at .*result0\.pkl/);
  deepEqual(readdirSync(folder), ["Outcomes"]);
  writeFileSync(join(from, "Tumor_result", "result0.pkl"), pickle(list(replicate(300))));
  const [header] = paperOutcomes("tumor", [{ name: "result0.pkl", bytes: pickle(list(replicate(300))) }]);
  writeOutcome(join(out, "tumor", "paper"), { ...header!, header: { ...header!.header, seed: 5 } });
  throws(() => importPaperResults(from, out), /importPaperResults: expected one study in a folder, with seed "not recorded", got seed 5 at/);
  deepEqual(readdirSync(out), ["tumor"]);
});

test("importPaperResults(from, out) refuses result files that are missing or copies, and to write beside other replicates", () => {
  const from = join(folder, "Outcomes");
  mkdirSync(join(from, "Handwriting_result"), { recursive: true });
  const file = (i: number) => join(from, "Handwriting_result", `result${i}.pkl`);
  const [one, other] = [pickle(list(replicate(100))), pickle(list(replicate(100, { accuracy: 0.8 })))];
  const out = join(folder, "out");
  for (const i of [0, 2]) writeFileSync(file(i), i === 0 ? one : other);
  throws(() => importPaperResults(from, out), /importPaperResults: expected result1\.pkl, got result2\.pkl at .*Handwriting_result$/);
  rmSync(file(2));
  writeFileSync(file(1), one);
  throws(() => importPaperResults(from, out), /expected replicates of its own in every file, got a copy of .*result0\.pkl at .*result1\.pkl/);
  writeFileSync(file(1), other);
  importPaperResults(from, out);
  importPaperResults(from, out);
  rmSync(file(1));
  throws(() => importPaperResults(from, out), /expected no other replicates than the 1 to be imported, got replicate-01\.csv at .*handwriting\/paper$/);
  equal(readOutcomes(join(out, "handwriting", "paper")).outcomes.length, 2);
});

test("importPaperResults(from, out) calls a run unfinished that could still pay for a question", () => {
  mkdirSync(join(folder, "Handwriting_result"));
  writeFileSync(join(folder, "Handwriting_result", "result0.pkl"), pickle(list(replicate(100, { first: 50 }))));
  const [{ losses, folder: made }] = importPaperResults(folder, join(folder, "out")) as [ReturnType<typeof importPaperResults>[number]];
  deepEqual(losses.map((loss) => /1 of 13 runs unfinished: ALMQ\+EE breaks off at 50 of its budget of 100/.test(loss)), [true]); // prettier-ignore
  deepEqual(readOutcomes(made).losses, losses);
});

test("downloadPaperResults(folder) refuses what is not what was published, and keeps nothing of it", async () => {
  const server = createServer((request, response) => response.writeHead(request.url!.includes("gone") ? 404 : 200).end("not a result"));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asked: string[] = [];
  await rejects(downloadPaperResults(folder, (name) => asked.push(name), address), /downloadPaperResults: expected SHA-256 b4c9a25e[0-9a-f]+, got [0-9a-f]+ at Handwriting_result\/result0\.pkl/); // prettier-ignore
  deepEqual(asked, ["Handwriting_result/result0.pkl"]);
  deepEqual(readdirSync(folder), []);
  mkdirSync(join(folder, "Handwriting_result"));
  writeFileSync(join(folder, "Handwriting_result", "result0.pkl"), "already there");
  await rejects(downloadPaperResults(folder, () => {}, address), /expected SHA-256 b4c9a25e[0-9a-f]+, got [0-9a-f]+ at .*almq-import-.*Handwriting_result\/result0\.pkl/);
  await rejects(downloadPaperResults(join(folder, "other"), () => {}, `${address}/gone`), /expected the file, got 404 Not Found at .*Handwriting_result\/result0\.pkl/);
  equal(readFileSync(join(folder, "Handwriting_result", "result0.pkl"), "utf8"), "already there");
  server.close();
  server.closeAllConnections();
  await rejects(downloadPaperResults(join(folder, "other"), () => {}, address), /expected an answer from the network, got .+ at http/);
});
