import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
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
  for (const args of [["6"], ["--fidelity", "both"], ["--palette", "grey"]]) {
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

test("npm run outcomes refuses what it does not know in one line", () => {
  for (const args of [[], ["export", folder], ["summary"], ["summary", folder], ["summary", study, "--reach", "90"]]) {
    const { status, stderr } = run("outcomes", ...args);
    equal(status, 1);
    match(stderr, /^outcomes: expected /);
  }
});
