import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { chromiumPath, openChromium } from "../browser/chromium";
import { jupyterLabPath, startJupyterLab, type JupyterLab } from "./jupyterLab";

const skip = chromiumPath === undefined ? "no Chromium on this machine" : jupyterLabPath === undefined ? "no JupyterLab: npm start installs it" : false;
const token = "a-token-for-this-test";
const folder = join(process.cwd(), ".build", `course-${process.pid}`); // below the checkout, where a kernel finds almq
let browser: Browser;
let lab: JupyterLab;

/** What plotly.js keeps with a figure it has drawn. */
interface Drawn {
  readonly data: readonly { readonly name?: string; readonly visible?: boolean | "legendonly"; readonly x: readonly number[] }[];
  readonly layout: { readonly sliders: readonly { readonly active?: number }[] };
}

before(async () => {
  if (skip) return;
  mkdirSync(folder, { recursive: true });
  const course = join(process.cwd(), "notebooks/teaching");
  for (const name of readdirSync(course).filter((file) => /^(02|13)-.*\.ipynb$/.test(file))) copyFileSync(join(course, name), join(folder, name));
  everyCellDrawn(join(folder, "settings"));
  lab = await startJupyterLab({ folder, address: "127.0.0.1", baseUrl: "/", token });
  browser = await openChromium();
});
after(async () => {
  await browser?.close();
  await lab?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** JupyterLab draws only the cells in sight, unless it is told otherwise. */
function everyCellDrawn(settings: string): void {
  const own = join(settings, "@jupyterlab/notebook-extension");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "tracker.jupyterlab-settings"), '{ "windowingMode": "none" }');
  process.env.JUPYTERLAB_SETTINGS_DIR = settings;
}

test("notebook 02 in JupyterLab runs to its end, switches the measure of its map, walks along it, and judges an answer", { skip, timeout: 400_000 }, async (context) => {
  const page = await opened("02-uncertainty.ipynb");
  context.after(() => page.close());
  await runAll(page, "C. Shannon (1948)");
  await keep(page, "course-02-run");

  const map = await figure(page, "How uncertain is a prediction for three classes?");
  const shown = () => map.evaluate((graph: unknown) => (graph as Drawn).data.map(({ visible }) => visible ?? true).join());
  const place = () => map.evaluate((graph: unknown) => (graph as Drawn).layout.sliders[0]!.active ?? 0);
  const [measure, start] = [await shown(), await place()];
  await map.locator(".updatemenu-button", { hasText: "margin" }).click();
  await changes(page, shown, measure, "the button shows another measure");
  await keep(page, "course-02-margin");
  await moveSlider(page, map, 0.5);
  await changes(page, place, start, "the slider moves");
  await keep(page, "course-02-slider");

  const check = cell(page, "almq.checkExercise(bitsOfThree");
  assert.match(await said(check), /Not answered yet/);
  await answer(page, "const bitsOfThree", "const bitsOfThree = 1.04;", check, /Not yet\..*These are nats/);
  await keep(page, "course-02-wrong");
  await answer(page, "const bitsOfThree", "const bitsOfThree = 1.5;", check, /Right\./);
  await keep(page, "course-02-right");
});

test("notebook 13 in JupyterLab runs to its end, moves the radius of exploration, and judges an answer", { skip, timeout: 600_000 }, async (context) => {
  const page = await opened("13-asking-better-questions.ipynb");
  context.after(() => page.close());
  await runAll(page, "C. E. Shannon (1948)");
  await keep(page, "course-13-run");

  const map = await figure(page, "Who may be asked about? Move the radius");
  const allowed = () => map.evaluate((graph: unknown) => (graph as Drawn).data.filter(({ name, visible }) => name === "may be asked about" && visible !== false).map(({ x }) => x.length).join());
  const few = await allowed();
  await moveSlider(page, map, 0.98);
  await changes(page, allowed, few, "another radius allows others");
  await keep(page, "course-13-slider");

  const check = cell(page, "almq.checkExercise(yesToAny");
  await answer(page, "const yesToAny", "const yesToAny = 0.35;", check, /Not yet\..*cannot be added/);
  await keep(page, "course-13-wrong");
  await answer(page, "const yesToAny", "const yesToAny = 1 - 0.8 * 0.9 * 0.95;", check, /Right\./);
  await keep(page, "course-13-right");
});

async function opened(name: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1250, height: 1000 } });
  await page.goto(`${lab.url}lab/workspaces/${name.slice(0, 2)}/tree/${name}?token=${token}`); // a workspace of its own: no other notebook is open in it
  await page.locator(".jp-Notebook .jp-Cell").first().waitFor({ timeout: 90_000 });
  await page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").waitFor({ timeout: 90_000 });
  return page;
}

/** Runs every cell, waits for the last one, and finds no error among the outputs. */
async function runAll(page: Page, lastWords: string): Promise<void> {
  await page.locator(".jp-Notebook .jp-Cell", { hasText: lastWords }).last().waitFor();
  await page.locator(".jp-Notebook .jp-Cell").first().click({ position: { x: 2, y: 8 } });
  await page.click(".lm-MenuBar-itemLabel:text-is('Run')");
  await page.click(".lm-Menu-itemLabel:text-is('Run All Cells')");
  await page.waitForFunction(`[...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].every(({ textContent }) => /\\[\\d+\\]/.test(textContent))`, undefined, { timeout: 400_000, polling: 500 });
  const errors = page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"], .jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]');
  assert.deepEqual(await errors.allTextContents(), []);
}

/** The figure with this title: a stored picture becomes the figure when the mouse enters. */
async function figure(page: Page, title: string): Promise<Locator> {
  const own = page.locator(".jp-CodeCell", { hasText: title }).first();
  const [picture, drawn] = [own.locator(".jp-OutputArea-output img").first(), own.locator(".js-plotly-plot").first()];
  for (let tries = 0; tries < 20 && (await drawn.count()) === 0; tries++) {
    await page.mouse.move(2, 2);
    await picture.scrollIntoViewIfNeeded({ timeout: 5000 }).catch(() => {}); // it may have become the figure meanwhile
    await picture.hover({ timeout: 5000 }).catch(() => {});
    await page.waitForTimeout(1000);
  }
  await drawn.locator(".updatemenu-button, .slider-rail-touch-rect").first().waitFor({ state: "attached", timeout: 60_000 });
  return drawn;
}

/** Presses the rail of a figure's slider at a share of its length. */
async function moveSlider(page: Page, map: Locator, share: number): Promise<void> {
  const rail = map.locator(".slider-rail-touch-rect").first();
  await rail.scrollIntoViewIfNeeded();
  const box = (await rail.boundingBox())!;
  await page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
}

/** Waits until a value of the page is another one. */
async function changes<T>(page: Page, value: () => Promise<T>, before: T, what: string): Promise<void> {
  for (let tries = 0; tries < 80 && (await value()) === before; tries++) await page.waitForTimeout(250);
  assert.notEqual(await value(), before, what);
  await page.waitForTimeout(500); // the picture follows the numbers
}

const cell = (page: Page, source: string) => page.locator(".jp-CodeCell", { hasText: source }).first();

const said = async (check: Locator) => (await check.locator(".jp-OutputArea-output").allTextContents()).join("\n");

/** Types an answer into its cell, runs it and its check, and waits for what the check says. */
async function answer(page: Page, declared: string, source: string, check: Locator, expected: RegExp): Promise<void> {
  await cell(page, declared).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(source);
  await page.keyboard.press("Shift+Enter");
  await check.locator(".cm-content").click();
  await page.keyboard.press("Shift+Enter");
  for (let tries = 0; tries < 240 && !expected.test(await said(check)); tries++) await page.waitForTimeout(250);
  assert.match(await said(check), expected);
  await check.scrollIntoViewIfNeeded();
}

/** `ALMQ_SCREENSHOTS` names a folder to keep pictures in; otherwise they are kept with what is built. */
async function keep(page: Page, name: string): Promise<void> {
  const pictures = process.env.ALMQ_SCREENSHOTS ?? join(process.cwd(), ".build", "screenshots");
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
