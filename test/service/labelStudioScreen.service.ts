import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { labelOracle, personRun, trueAnswer, type Question } from "almq";
import { chromiumPath, openChromium } from "../browser/chromium";
import { temporaryFolder } from "../dataset/temporaryFolder";
import { digitSession } from "../experiment/person/session";
import { hasLabelStudio, logIn, prepareStudio, shown } from "./labelStudio";
import { beginRun } from "./beginRun";

const skip = chromiumPath === undefined ? "no Chromium on this machine" : hasLabelStudio ? false : "no Label Studio: npm run test:services installs it";

test("a reader answers in Label Studio's own screen, both are killed with −9 in the middle, and the records are those of known labels", { skip, timeout: 480_000 }, async (context) => {
  const { options, labels } = await digitSession();
  const truth = await personRun(options, labelOracle(labels, 10)).start();
  const total = truth.records.length - 1 + 12;
  assert.ok(total >= 30);
  const answers = join(temporaryFolder(context), "answers.jsonl");
  const { account, start, discard } = await prepareStudio("screen");
  context.after(discard);
  const first = await start();
  const run = beginRun({ url: first.url, token: account.token }, answers);
  const project = await run.project;
  const browser = await openChromium();
  context.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await logIn(page, first.url, account);
  const screen = `${first.url}/projects/${project}/data?labeling=1`;

  await page.goto(screen);
  let last = await read(page, Math.floor(total / 2), undefined);
  process.kill(first.pid, "SIGKILL"); // right after the click: the answer may be under way
  run.child.kill("SIGKILL");
  await Promise.all([first.ended, run.ended]);

  const second = await start();
  context.after(() => second.stop());
  const again = beginRun({ url: second.url, token: account.token }, answers);
  assert.equal(await again.project, project);
  while (readFileSync(answers, "utf8").split("\n").length - 2 < Math.floor(total / 2) - 1) await page.waitForTimeout(100);
  await page.waitForTimeout(4000); // until the questions are there again
  await page.goto(screen);
  last = await read(page, total - (readFileSync(answers, "utf8").split("\n").length - 2), undefined);
  assert.notEqual(last, undefined);
  await again.ended;

  assert.deepEqual(JSON.parse(readFileSync(`${answers}.records`, "utf8")), JSON.parse(JSON.stringify(truth.records)));
  const lines = readFileSync(answers, "utf8").trimEnd().split("\n").slice(1).map((line) => JSON.stringify((JSON.parse(line) as { question: object }).question));
  assert.deepEqual([lines.length, new Set(lines).size], [total, total]);

  /** Reads so many questions off the screen and answers them truly; the next one comes by itself. */
  async function read(on: Page, count: number, before: string | undefined): Promise<string | undefined> {
    for (let i = 0; i < count; i++) {
      const { words, samples } = await shown(on, before);
      before = JSON.stringify({ words, samples });
      const kind = words.startsWith("Which") ? "class" : words.startsWith("Is at") ? "any" : "all";
      const question = (kind === "class" ? { kind, samples } : { kind, class: options.classes.indexOf(/“(.*)”/.exec(words)![1]!), samples }) as Question;
      const answer = trueAnswer(question, labels);
      await on.locator("input[type=radio]").nth(typeof answer === "number" ? answer : answer === "yes" ? 0 : 1).click();
      await on.locator("button:has-text('Submit')").first().click();
    }
    return before;
  }
});
