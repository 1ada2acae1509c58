import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { randomSource, writeOutcome } from "almq";
import { syntheticReplicate } from "../outcome/syntheticStudy";

const folder = mkdtempSync(join(tmpdir(), "almq-figures-"));
after(() => rmSync(folder, { recursive: true }));
const study = join(folder, "outcomes", "handwriting", "paper");
for (const number of [0, 1, 2]) writeOutcome(study, syntheticReplicate(number, randomSource(number), { study: "handwriting" }));

const run = (command: string, ...args: string[]) => spawnSync(process.execPath, [resolve(__dirname, `../../lib/command/${command}.js`), ...args], { encoding: "utf8" });

test("npm run figures writes SVG, PNG and one page that loads nothing", () => {
  const out = join(folder, "figures");
  const { status, stdout, stderr } = run("figures", "3", "pantea", "--outcomes", join(folder, "outcomes"), "--out", out, "--palette", "colourblind");
  equal(status, 0, stderr);
  match(stdout, /Figure 3\. Button “paper”\. Left: mean test accuracy on numbers made up for a test, 3 replicates of ALMQ, RA only, computed by almq/);
  const names = ["3", "pantea-3", "pantea-4", "pantea-5", "pantea-6", "pantea-table-2-LeNet", "pantea-table-2-ResNet-18"];
  deepEqual(readdirSync(out).sort(), [...names.flatMap((name) => [`figure-${name}.png`, `figure-${name}.svg`]), "index.html"].sort());
  const page = readFileSync(join(out, "index.html"), "utf8");
  equal(page.split("data-figure=").length - 1, names.length);
  ok(page.includes("#0072b2") && !/<script[^>]+src=/.test(page));
});

test("npm run figures refuses unknown figures and options in one line", () => {
  for (const args of [["6"], ["--fidelity", "both"], ["--palette", "grey"], ["--out", ""], ["--outcomes", ""]]) {
    const { status, stderr } = run("figures", ...args);
    equal(status, 1);
    match(stderr, /^figures: expected /);
  }
});

test("npm run outcomes -- summary FOLDER prints areas, tests and costs", () => {
  const { status, stdout, stderr } = run("outcomes", "summary", study, "--reach", "0.9");
  equal(status, 0, stderr);
  for (const words of ["numbers made up for a test, paper", "ALMQ+EE minus the others", "Budget to reach an accuracy"]) ok(stdout.includes(words), words);
  ok(!stdout.includes("published"), "made-up numbers are not compared with the paper's");
});

test("npm run outcomes -- summary FOLDER has bootstrap bands, the same for the same seed", () => {
  const bands = (...args: string[]) => /95 % bootstrap bands[^]*?\n\n[^]*?\n\n/.exec(run("outcomes", "summary", study, ...args).stdout)![0];
  const table = bands();
  match(table, /seed 1\n\nrun +replicates +budget 3 +budget 5 +budget 8 +budget 10\nALMQ\+EE +3 +0\.\d{4} to 0\.\d{4} /);
  equal(bands("--seed", "1"), table);
  match(bands("--seed", "2"), /2000 times, seed 2\n/);
});

test("npm run outcomes -- summary FOLDER of a run that was cut says what is missing, and counts the replicates that are left", () => {
  const cut = join(folder, "cut");
  cpSync(study, cut, { recursive: true });
  const path = join(cut, "replicate-01.csv");
  const rows = readFileSync(path, "utf8").split("\n");
  const almq = rows.filter((row) => row.startsWith("ALMQ"));
  writeFileSync(path, rows.filter((row) => !almq.slice(-4).includes(row)).join("\n"));
  const { status, stdout, stderr } = run("outcomes", "summary", cut);
  equal(status, 0, stderr);
  match(stderr, /^.*replicate-01\.csv: 1 of 2 runs unfinished: ALMQ\+EE breaks off at \d[\d.]* of its budget of 10 \(1 of 3 points missing\); .*\n$/);
  for (const words of [/^ALMQ\+EE +2 +0/m, /^RA +3 +0/m, /^RA +2 +-?0/m]) match(stdout, words);
});

test("npm run outcomes -- summary FOLDER of runs that start or end elsewhere than the paper's does not compare them with it", () => {
  const other = join(folder, "other sizes");
  for (const number of [0, 1]) {
    const made = syntheticReplicate(number, randomSource(number), { study: "handwriting" });
    writeOutcome(other, { ...made, header: { ...made.header, standIn: false } });
  }
  const { stdout } = run("outcomes", "summary", other);
  match(stdout, /Not compared with the published means: these runs begin with 150 labels and spend 10; the paper's begin with 150 and spend 100\.\n/);
});

test("npm run outcomes refuses what it does not know in one line", () => {
  const nowhere = join(folder, "nowhere");
  const empty = join(folder, "empty");
  mkdirSync(empty);
  const refused: [string[], RegExp][] = [
    [[], /npm run outcomes/],
    [["export", folder], /npm run outcomes/],
    [["summary"], /npm run outcomes/],
    [["summary", study, study], /npm run outcomes/],
    [["summary", empty], /a folder with replicates, got none at/],
    [["summary", join(study, "..")], /a folder with replicates, got none \(there are some in .*handwriting.paper\) at /],
    [["summary", nowhere, "--reach", "90"], /--reach above 0 and at most 1, got 90/],
    [["summary", nowhere, "--reach", "0.9,"], /--reach above 0 and at most 1, got nothing/],
    [["summary", nowhere, "--margin", "abc"], /--margin above 0 and at most 1, got abc/],
    [["summary", nowhere, "--margin", "0"], /--margin above 0 and at most 1, got 0/],
    [["summary", nowhere, "--seed", ""], /a seed after --seed, got nothing/],
    [["summary", nowhere, "--out", "x"], /got --out beside summary/],
    [["import", nowhere, "--out", "x", "--seed", "1"], /got --seed beside import/],
    [["import", nowhere], /a folder after --out, got none/],
  ];
  for (const [args, why] of refused) {
    const { status, stdout, stderr } = run("outcomes", ...args);
    deepEqual([status, stdout], [1, ""], args.join(" "));
    match(stderr, /^outcomes: expected /);
    match(stderr, why);
  }
});
