import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test, type TestContext } from "node:test";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { drawWithoutReplacement, labelOracle, personRun, trueAnswer, type OpenRecord, type PersonOptions, type Question } from "almq";
import { chromiumPath, openChromium } from "../browser/chromium";
import { digitSession } from "../experiment/person/session";
import { outsideAddress } from "../oracle/person/openServer";
import { jupyterLabPath, startJupyterLab, type JupyterLab } from "./jupyterLab";
import { idle, newestFrame, openNotebook, picture, runAll, writeNotebook } from "./labNotebook";

const skip = chromiumPath === undefined ? "no Chromium on this machine" : jupyterLabPath === undefined ? "no JupyterLab: npm start installs it" : false;
const budget = 16;
const token = "a-token-for-this-test";
let browser: Browser;
before(async () => void (skip || (browser = await openChromium())));
after(async () => void (await browser?.close()));

/** A session in a notebook of a JupyterLab of its own, and what known labels make of it. */
interface Lab {
  readonly lab: JupyterLab;
  readonly page: Page;
  readonly file: (name: string) => string;
  readonly options: PersonOptions;
  readonly records: readonly OpenRecord[];
  /** Questions in all. */
  readonly total: number;
  /** Answers the questions from one on before another, as their labels are; gives how many were of each kind. */
  answer(frame: FrameLocator, from: number, to: number): Promise<Record<string, number>>;
  /** Waits for the end: all was asked once, and the records are those of known labels. */
  ended(): Promise<void>;
}

async function openLab(context: TestContext, name: string, at: { address: string; baseUrl: string }): Promise<Lab> {
  const folder = join(process.cwd(), ".build", `lab-${process.pid}-${name}`); // below the checkout, where a kernel finds almq
  mkdirSync(folder, { recursive: true });
  const file = (of: string) => join(folder, of);
  writeNotebook(file("ask.ipynb"), [
    `import { person } from "almq";\nimport { digitSession } from "almq/.build/test/experiment/person/session";\nimport { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(file("kernel"))}, String(process.pid));\nconst { options } = await digitSession(${budget});`,
    `const session = person({ ...options, answers: ${JSON.stringify(file("answers.jsonl"))}, grace: 200 });\nsession.ended.then(({ records }) => writeFileSync(${JSON.stringify(file("records.json"))}, JSON.stringify(records)));`,
    `console.log("other cells", "stay usable");`,
    "",
  ]);
  const lab = await startJupyterLab({ folder, ...at, token });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("dialog", (dialog) => void dialog.accept()); // to leave the page
  context.after(async () => {
    await page.close();
    await lab.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const { options, labels } = await digitSession(budget);
  const { records } = await personRun(options, labelOracle(labels, 10)).start();
  const total = records.length - 1 + 12;
  const lines = () => readFileSync(file("answers.jsonl"), "utf8").trimEnd().split("\n").slice(1);

  return {
    lab, page, file, options, records, total,
    async answer(frame, from, to) {
      const seen: Record<string, number> = {};
      for (let answered = from; answered < to; answered++) {
        await frame.locator("#answers button:enabled").first().waitFor({ timeout: 60_000 });
        const words = (await frame.locator("#words").textContent())!;
        const kind = words.startsWith("Which") ? "class" : words.startsWith("Is at") ? "any" : "all";
        const question = nextQuestion(records, answered, options);
        assert.equal(kind, question.kind === "any" && question.samples.length === 1 ? "all" : question.kind, `question ${answered + 1}: ${words}`);
        const said = trueAnswer(question, labels);
        if (seen[kind] === undefined) await picture(page, `lab-${name}-${kind}`);
        seen[kind] = (seen[kind] ?? 0) + 1;
        if (answered === from) await frame.locator("#words").click();
        await frame.locator("body").press(said === "yes" ? "y" : said === "no" ? "n" : String(((said as number) + 1) % 10));
        await until(() => lines().length > answered, `answer ${answered + 1} is kept`);
      }
      return seen;
    },
    async ended() {
      await page.locator("text=questions answered").last().waitFor({ timeout: 60_000 });
      await picture(page, `lab-${name}-end`);
      assert.deepEqual(JSON.parse(readFileSync(file("records.json"), "utf8")), JSON.parse(JSON.stringify(records)));
      assert.deepEqual([lines().length, new Set(lines().map((line) => JSON.stringify((JSON.parse(line) as { question: object }).question))).size], [total, total]);
    },
  };
}

const loopback = { title: "directly at 127.0.0.1", name: "direct", address: "127.0.0.1", baseUrl: "/", frame: /^http:\/\/127\.0\.0\.1:\d+\/#key=/ };
const proxied = { title: "through the proxy at /user/ada/", name: "proxy", address: outsideAddress() ?? "", baseUrl: "/user/ada/", frame: /^http:\/\/[\d.]+:\d+\/user\/ada\/proxy\/\d+\/#key=/ };

for (const { title, name, frame: expected, ...at } of [loopback, proxied])
  test(`a reader in JupyterLab, ${title}, leaves the records that known labels leave, answer by answer`, { skip: skip || (at.address === "" ? "no other address" : false), timeout: 400_000 }, async (context) => {
    const { lab, page, file, total, answer, ended } = await openLab(context, name, at);
    await openNotebook(page, lab.url, token, "ask.ipynb");
    const frame = await runAll(page, () => existsSync(file("kernel")));
    assert.match((await page.getAttribute("iframe[title='almq asks']", "src"))!, expected);
    await page.locator(".jp-Notebook", { hasText: "other cells stay usable" }).waitFor();
    const kinds = await answer(frame, 0, total);
    await ended();
    console.log(`${total} questions answered in JupyterLab ${title}: ${Object.entries(kinds).map(([kind, count]) => `${kind} ${count}`).join(", ")}`);
  });

test("a reader in JupyterLab goes on where she was when the kernel was killed with −9, and when the page was loaded again", { skip, timeout: 400_000 }, async (context) => {
  const { lab, page, file, total, answer, ended } = await openLab(context, "kill", loopback);
  await openNotebook(page, lab.url, token, "ask.ipynb");
  const first = await runAll(page, () => existsSync(file("kernel")));
  await answer(first, 0, 17);
  process.kill(Number(readFileSync(file("kernel"), "utf8")), "SIGKILL");
  await first.locator("#note", { hasText: "almq does not answer: it was stopped or restarted. Answers given so far are kept." }).waitFor({ timeout: 30_000 });
  await picture(page, "lab-kill-dead");
  await page.locator(".jp-Dialog .jp-mod-accept").click({ timeout: 60_000 }); // "it will restart automatically"
  await page.waitForTimeout(5000);
  rmSync(file("kernel"));
  const second = await runAll(page, () => existsSync(file("kernel")));
  await answer(second, 17, 30);

  await page.reload();
  await idle(page);
  const cell = page.locator(".jp-Notebook .jp-Cell").nth(3);
  await cell.locator(".cm-content").click();
  await page.keyboard.insertText("session.show();");
  for (let tries = 0; tries < 12 && (await cell.locator("iframe").count()) === 0; tries++) {
    await page.keyboard.press("Control+Enter"); // forgotten while JupyterLab still connects
    await cell.locator("iframe").waitFor({ timeout: 10_000 }).catch(() => {});
  }
  const third = await newestFrame(page);
  await answer(third, 30, total);
  await ended();
});

/** The question that comes after so many answers: those of the start in their order, then those of the run. */
function nextQuestion(records: readonly OpenRecord[], answered: number, { pool, random }: PersonOptions): Question {
  if (answered >= 12) return records[answered - 11]!.question!;
  const order = drawWithoutReplacement(Int32Array.from({ length: pool.count }, (_, i) => i), pool.count, random!.split("initial"));
  return { kind: "class", samples: [order[answered]!] };
}

async function until(is: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !is(); tries++) {
    if (tries > 3000) throw new Error(`it never came to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
