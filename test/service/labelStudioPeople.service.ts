import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test, type TestContext } from "node:test";
import type { Browser, Page } from "playwright-core";
import { floatSamples, labelOracle, labelStudioOracle, labelStudioStandIn, personRun, sampleImages, type LabelStudioOptions, type LabelStudioOracle, type Question } from "almq";
import { chromiumPath, openChromium } from "../browser/chromium";
import { temporaryFolder } from "../dataset/temporaryFolder";
import { digitSession } from "../experiment/person/session";
import { beginRun } from "./beginRun";
import { hasLabelStudio, logIn, prepareStudio, shown, type Account, type Studio } from "./labelStudio";

const skip = chromiumPath === undefined ? "no Chromium on this machine" : hasLabelStudio ? false : "no Label Studio: npm run test:services installs it";
const markup = `<img src=x onerror="document.title='broken in'">`;
const pool = floatSamples(Float32Array.from({ length: 20 * 64 }, (_, i) => ((i * 7) % 11) / 10), [8, 8]);
const views = sampleImages(pool);
let browser: Browser;
let studio: Studio;
let account: Account;
let discard = (): void => {};

before(async () => {
  if (skip) return;
  const prepared = await prepareStudio("people");
  ({ account, discard } = prepared);
  studio = await prepared.start();
  browser = await openChromium();
});
after(async () => {
  await browser?.close();
  await studio?.stop();
  discard();
});

async function open(context: TestContext, options: Partial<LabelStudioOptions> & { title: string }): Promise<LabelStudioOracle> {
  const oracle = await labelStudioOracle({ url: studio.url, token: account.token, classes: ["cat", "dog", markup], pool, views, ...options });
  context.after(() => oracle.close());
  return oracle;
}

async function visitor(context: TestContext): Promise<Page> {
  const own = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.after(() => own.close());
  const page = await own.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

/** Sends a request as the person who is logged in. */
async function send<T>(page: Page, method: string, path: string, body?: object): Promise<T> {
  const csrf = (await page.context().cookies()).find(({ name }) => name === "csrftoken")?.value ?? "";
  const reply = await page.request.fetch(`${studio.url}/api/${path}`, { method, headers: { "x-csrftoken": csrf, referer: studio.url }, ...(body && { data: body }) });
  assert.ok(reply.ok(), `${method} ${path}: ${reply.status()} ${await reply.text()}`);
  return (await reply.text().then((text) => (text === "" ? undefined : JSON.parse(text)))) as T;
}

/** Somebody who follows the link by which Label Studio invites others. */
async function invited(context: TestContext, admin: Page): Promise<Page> {
  const { invite_url } = await send<{ invite_url: string }>(admin, "GET", "invite");
  const page = await visitor(context);
  await page.goto(new URL(invite_url, studio.url).href);
  await page.fill("input[name=email]", "second@example.org");
  await page.fill("input[name=password]", "a-long-password-1");
  await Promise.all([page.waitForURL((address) => !address.pathname.startsWith("/user/signup")), page.click("button[type=submit], input[type=submit]")]);
  return page;
}

const asked: Question[] = [{ kind: "class", samples: [3] }, { kind: "all", class: 1, samples: [5, 6] }, { kind: "any", class: 2, samples: [7, 8, 9] }];

/** Answers what is on the screen by the number of the choice, or skips it. */
async function answer(page: Page, address: string, choices: readonly (number | "skip")[]): Promise<string[]> {
  await page.goto(`${address}?labeling=1`);
  let last: string | undefined;
  const words: string[] = [];
  for (const choice of choices) {
    const screen = await shown(page, last);
    last = JSON.stringify(screen);
    words.push(screen.words);
    if (choice !== "skip") await page.locator("input[type=radio]").nth(choice).click();
    await page.locator(`button:has-text('${choice === "skip" ? "Skip" : "Submit"}')`).first().click();
  }
  return words;
}

/** The task that is left when what was submitted on the screen has arrived: it is under way when the button has been pressed. */
async function openTask(page: Page, project: number): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const { tasks } = await send<{ tasks: { id: number; is_labeled: boolean }[] }>(page, "GET", `tasks?project=${project}&fields=all`);
    const open = tasks.filter(({ is_labeled }) => !is_labeled);
    if (open.length === 1) return open[0]!.id;
    await page.waitForTimeout(100);
  }
  throw new Error("the answer on the screen did not arrive");
}

test("labelStudioOracle({ people: 2 }) asks two people in Label Studio's screen: they agree, disagree, and skip what they cannot tell", { skip, timeout: 480_000 }, async (context) => {
  const oracle = await open(context, { title: "Two people", people: 2 });
  const [first, replies] = [await visitor(context), oracle.ask(asked)];
  await logIn(first, studio.url, account);
  const second = await invited(context, first);
  const words = await answer(first, oracle.address, [1, 0, "skip"]);
  assert.deepEqual(words, ["Which class is this?", "Are all 2 of these “dog”?", `Is at least one of these 3 “${markup}”?`]);
  await answer(second, oracle.address, [1, 1, "skip"]);
  const told = await replies;
  assert.deepEqual(told.map((reply) => reply.answer), [1, "cannot tell", "cannot tell"]);
  for (const { by, seconds } of told) assert.ok(/^\d+, \d+$/.test(by!) && seconds! > 0, `${by}: ${seconds} s`);
});

test("labelStudioOracle(options) shows names with markup as text in Label Studio's screen", { skip, timeout: 480_000 }, async (context) => {
  const oracle = await open(context, { title: "Markup" });
  const page = await visitor(context);
  const replies = oracle.ask(asked.slice(0, 1));
  await logIn(page, studio.url, account);
  await page.goto(`${oracle.address}?labeling=1`);
  await shown(page, undefined);
  await page.getByText(markup).first().waitFor();
  assert.ok(!(await page.title()).includes("broken in"));
  assert.equal(await page.locator("img[src='x']").count(), 0);
  await answer(page, oracle.address, [2]);
  assert.equal((await replies)[0]!.answer, 2);
});

test("labelStudioOracle(options) lets one of 1,000 classes be found by a few letters in Label Studio's screen", { skip, timeout: 480_000 }, async (context) => {
  const classes = Array.from({ length: 1000 }, (_, i) => `${"a name ".repeat(13)}${i}`);
  const oracle = await open(context, { title: "Many classes", classes });
  const page = await visitor(context);
  const replies = oracle.ask(asked.slice(0, 1));
  await logIn(page, studio.url, account);
  await page.goto(`${oracle.address}?labeling=1`);
  await shown(page, undefined);
  await page.getByPlaceholder("type a few letters of a class").fill("e 770");
  assert.equal(await page.locator("input[type=radio]").filter({ visible: true }).count(), 1);
  await page.getByPlaceholder("type a few letters of a class").press("Enter");
  await page.locator("button:has-text('Submit')").first().click();
  assert.equal((await replies)[0]!.answer, 770);
});

test("labelStudioOracle({ token }) takes a personal access token", { skip, timeout: 480_000 }, async (context) => {
  const page = await visitor(context);
  await logIn(page, studio.url, account);
  await send(page, "POST", "jwt/settings", { api_tokens_enabled: true, legacy_api_tokens_enabled: true });
  const { token } = await send<{ token: string }>(page, "POST", "token/", {});
  assert.equal(token.split(".").length, 3);
  const oracle = await open(context, { title: "Personal token", token });
  const replies = oracle.ask(asked.slice(0, 1));
  await answer(page, oracle.address, [0]);
  assert.equal((await replies)[0]!.answer, 0);
});

test("labelStudioOracle(options) refuses an answer of the wrong kind, and goes on with the others when it is taken away", { skip, timeout: 480_000 }, async (context) => {
  const page = await visitor(context);
  await logIn(page, studio.url, account);
  const first = await open(context, { title: "Wrong kind" });
  const replies = first.ask(asked.slice(0, 2));
  replies.catch(() => {});
  await answer(page, first.address, [1]);
  const task = await openTask(page, first.project);
  const result = [{ from_name: "answer", to_name: "samples", type: "choices", value: { choices: ["dog"] } }];
  const { id } = await send<{ id: number }>(page, "POST", `tasks/${task}/annotations/?project=${first.project}`, { result });
  await assert.rejects(replies, new RegExp(`labelStudio: expected yes or no to the all question, got dog at annotation ${id}, task ${task} of project ${first.project}`));
  await first.close();
  await send(page, "DELETE", `annotations/${id}/`);
  const again = await open(context, { title: "Wrong kind" });
  assert.equal(again.project, first.project);
  const asking = again.ask(asked.slice(0, 2));
  await page.waitForTimeout(1000);
  await answer(page, again.address, [0]);
  assert.deepEqual((await asking).map((reply) => reply.answer), [1, "yes"]);
});

test("labelStudioOracle({ answers }) says that its disk is full, and goes on with every answer when there is room", { skip, timeout: 480_000 }, async (context) => {
  const { options, labels } = await digitSession();
  const { records } = await personRun(options, labelOracle(labels, 10)).start();
  const answers = join(temporaryFolder(context), "answers.jsonl");
  const told = { url: studio.url, token: account.token };
  const full = beginRun(told, answers, 1);
  const place = { ...told, project: await full.project, classes: options.classes, samples: options.pool.count, goOn: true };
  const reader = labelStudioStandIn(place, labelOracle(labels, 10));
  assert.match(await full.ended, /answerFile: expected room for an answer, got a file that may not grow at .*answers.jsonl/);
  const again = beginRun(told, answers);
  await again.ended;
  await reader.stop();
  assert.equal(await again.project, place.project);
  assert.deepEqual(JSON.parse(readFileSync(`${answers}.records`, "utf8")), JSON.parse(JSON.stringify(records)));
});
