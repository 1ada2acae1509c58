import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { drawWithoutReplacement, labelOracle, personRun, trueAnswer, type OpenRecord, type PersonOptions, type Question } from "almq";
import { chromiumPath, openChromium } from "../browser/chromium";
import { digitSession } from "../experiment/person/session";
import { outsideAddress } from "../oracle/person/openServer";
import { jupyterLabPath, startJupyterLab } from "./jupyterLab";

const skip = chromiumPath === undefined ? "no Chromium on this machine" : jupyterLabPath === undefined ? "no JupyterLab: npm start installs it" : false;
const budget = 16;
let browser: Browser;
before(async () => void (skip || (browser = await openChromium())));
after(async () => void (await browser?.close()));

/** The session of the tests, as cells of a notebook. */
function notebook(folder: string): void {
  const cells = [
    `import { person } from "almq";\nimport { digitSession } from "almq/.build/test/experiment/person/session";\nimport { writeFileSync } from "node:fs";\nconst { options } = await digitSession(${budget});`,
    `const session = person({ ...options, answers: ${JSON.stringify(join(folder, "answers.jsonl"))}, grace: 200 });\nsession.ended.then(({ records }) => writeFileSync(${JSON.stringify(join(folder, "records.json"))}, JSON.stringify(records)));`,
    `console.log("other cells", "stay usable");`,
  ].map((source, i) => ({ cell_type: "code", id: `cell-${i}`, metadata: {}, source, outputs: [], execution_count: null }));
  const metadata = { kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" } };
  writeFileSync(join(folder, "ask.ipynb"), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
}

async function openNotebook(page: Page, url: string, token: string): Promise<FrameLocator> {
  await page.goto(`${url}lab/tree/ask.ipynb?token=${token}`);
  await page.waitForSelector(".jp-Notebook .jp-Cell", { timeout: 60_000 });
  await page.waitForSelector(".jp-Notebook-ExecutionIndicator[data-status=idle]", { timeout: 60_000 });
  await page.addLocatorHandler(page.locator(".jp-Dialog select"), async () => {
    await page.locator(".jp-Dialog select").selectOption({ label: "TypeScript" });
    await page.locator(".jp-Dialog .jp-mod-accept").click();
  });
  await page.locator(".jp-Notebook .jp-Cell").first().click({ position: { x: 2, y: 8 } });
  await page.click(".lm-MenuBar-itemLabel:text-is('Run')");
  await page.click(".lm-Menu-itemLabel:text-is('Run All Cells')");
  await page.locator(".jp-Dialog select").waitFor({ timeout: 2000 }).catch(() => {});
  await page.locator(".jp-Notebook .jp-Cell").first().hover();
  await page.waitForSelector("iframe[title='almq asks']", { timeout: 120_000 }).catch(async (error: unknown) => {
    await picture(page, "lab-failed");
    throw error;
  });
  await page.locator("iframe[title='almq asks']").scrollIntoViewIfNeeded();
  return page.frameLocator("iframe[title='almq asks']");
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.ALMQ_SCREENSHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const loopback = { name: "directly at 127.0.0.1", address: "127.0.0.1", baseUrl: "/", frame: /^http:\/\/127\.0\.0\.1:\d+\/#key=/ };
const proxied = { name: "through the proxy at /user/ada/", address: outsideAddress() ?? "", baseUrl: "/user/ada/", frame: /^http:\/\/[\d.]+:\d+\/user\/ada\/proxy\/\d+\/#key=/ };

for (const { name, address, baseUrl, frame: expected } of [loopback, proxied])
  test(`a reader in JupyterLab, ${name}, leaves the records that known labels leave, answer by answer`, { skip: skip || (address === "" ? "no other address" : false), timeout: 240_000 }, async (context) => {
    // below the checkout, where a kernel finds almq
    const folder = join(process.cwd(), ".build", `lab-${process.pid}-${baseUrl.length}`);
    mkdirSync(folder, { recursive: true });
    notebook(folder);
    const token = "a-token-for-this-test";
    const lab = await startJupyterLab({ folder, address, baseUrl, token });
    context.after(() => lab.close());
    const { options, labels } = await digitSession(budget);
    const truth = await personRun(options, labelOracle(labels, 10)).start();

    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    context.after(() => page.close());
    const frame = await openNotebook(page, lab.url, token);
    assert.match((await page.getAttribute("iframe[title='almq asks']", "src"))!, expected);
    assert.ok((await page.textContent(".jp-Notebook"))!.includes("other cells stay usable"));

    const total = truth.records.length - 1 + 12;
    const seen = new Map<string, number>();
    for (let answered = 0; answered < total; answered++) {
      await frame.locator("#answers button:enabled").first().waitFor({ timeout: 30_000 });
      const words = (await frame.locator("#words").textContent())!;
      const kind = words.startsWith("Which") ? "class" : words.startsWith("Is at") ? "any" : "all";
      // the page does not tell which samples it shows: the answers' file will
      const question = nextQuestion(truth.records, answered, options);
      assert.equal(kind, question.kind === "all" || question.kind === "any" ? (question.samples.length === 1 ? "all" : question.kind) : "class", `question ${answered + 1}: ${words}`);
      const answer = trueAnswer(question, labels);
      const key = answer === "yes" ? "y" : answer === "no" ? "n" : String(((answer as number) + 1) % 10);
      if (!seen.has(kind)) await picture(page, `lab-${baseUrl.length > 1 ? "proxy-" : ""}${kind}`);
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      if (answered === 0) await frame.locator("#words").click();
      await frame.locator("body").press(key);
      await settled(join(folder, "answers.jsonl"), answered + 1);
    }
    await page.locator("text=questions answered").first().waitFor({ timeout: 30_000 });
    await picture(page, `lab-${baseUrl.length > 1 ? "proxy-" : ""}end`);
    const records = JSON.parse(readFileSync(join(folder, "records.json"), "utf8")) as unknown;
    assert.deepEqual(records, JSON.parse(JSON.stringify(truth.records)));
    console.log(`${total} questions answered in JupyterLab ${name}: ${[...seen].map(([kind, count]) => `${kind} ${count}`).join(", ")}`);
  });

/** The question that comes after so many answers: those of the start in their order, then those of the run. */
function nextQuestion(records: readonly OpenRecord[], answered: number, { pool, random }: PersonOptions): Question {
  if (answered >= 12) return records[answered - 11]!.question!;
  const order = drawWithoutReplacement(Int32Array.from({ length: pool.count }, (_, i) => i), pool.count, random!.split("initial"));
  return { kind: "class", samples: [order[answered]!] };
}

/** Waits until the file holds so many answers. */
async function settled(path: string, count: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const lines = readFileSync(path, "utf8").split("\n").length - 2;
    if (lines >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`answer ${count} was not kept`);
}
