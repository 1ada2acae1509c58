import { equal, ok } from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { projectFolder } from "../../lib/runtime/projectFolder";
import { chromiumPath, openChromium } from "./chromium";

const program = join(projectFolder, ".venv", "bin", "jupyter-lab");
const skip = chromiumPath === undefined ? "no Chromium on this machine" : existsSync(program) ? false : "no JupyterLab in .venv";

let browser: Browser;
let lab: ChildProcess;
let address: string;
const settings = mkdtempSync(join(tmpdir(), "almq-lab-"));

before(async () => {
  if (skip) return;
  browser = await openChromium();
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const args = ["--no-browser", "--allow-root", "--ip=127.0.0.1", `--port=${port}`, "--IdentityProvider.token=", "--LabApp.news_url=", "--ServerApp.root_dir=notebooks"];
  const own = { JUPYTER_CONFIG_DIR: join(settings, "config"), JUPYTER_DATA_DIR: join(settings, "data"), JUPYTER_RUNTIME_DIR: join(settings, "runtime"), JUPYTERLAB_SETTINGS_DIR: join(settings, "lab"), JUPYTERLAB_WORKSPACES_DIR: join(settings, "workspaces") };
  lab = spawn(program, args, { cwd: projectFolder, env: { ...process.env, ...own, JUPYTER_PREFER_ENV_PATH: "1" }, stdio: "ignore" });
  for (let tries = 0; tries < 120; tries++) {
    if ((await fetch(`${address}/api`).catch(() => undefined))?.ok) return;
    await new Promise((later) => setTimeout(later, 500));
  }
  throw new Error("JupyterLab did not start within a minute");
});

after(async () => {
  await browser?.close();
  if (lab !== undefined && lab.exitCode === null) {
    const ended = new Promise((end) => lab.once("exit", end));
    lab.kill("SIGTERM");
    await ended;
  }
  rmSync(settings, { recursive: true, force: true });
});

test("figure-4.ipynb in JupyterLab draws its curves, says the numbers, and hides a method by its legend", { skip }, async () => {
  const page = await browser.newPage({ viewport: { width: 1250, height: 1000 } });
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(error.message));
  const figure = await openFigure(page, "figure-4");
  const lines = figure.locator(".scatterlayer .trace .js-line");
  await page.waitForFunction(`${linesDrawn} >= 11`);
  const drawn = await visible(page);
  equal(await lines.count(), 11, "almq's seven methods left, the yellow one with its outline, ALMQ and RA right, and Full; published points have no lines");
  await figure.locator(legendEntry).first().click();
  await page.waitForFunction(`${linesDrawn} < ${drawn}`);
  equal(await visible(page), drawn - 2, "almq's ALMQ is gone from both panels");
  ok(await page.locator(".jp-OutputArea-output table td", { hasText: "mnist" }).first().isVisible(), "the table stands under the figure");
  await keep(page, "figure-4-in-jupyterlab");
  equal(failures.join(), "");
});

test("figure-3.ipynb in JupyterLab switches to the corrected runs by its button, and hides a method's lines by its legend", { skip }, async () => {
  const page = await browser.newPage({ viewport: { width: 1250, height: 1000 } });
  const figure = await openFigure(page, "figure-3");
  const heading = () => figure.locator(".annotation-text").first().textContent();
  ok(!(await heading())!.includes("corrected"));
  await figure.locator(".updatemenu-button", { hasText: "corrected" }).click();
  await page.waitForFunction('document.querySelector(".js-plotly-plot .annotation-text").textContent.includes("corrected")');
  const drawn = await visible(page);
  await figure.locator(".legendtoggle").first().click();
  await page.waitForFunction(`${linesDrawn} < ${drawn}`);
  equal(await visible(page), drawn - 1, "almq's ALMQ is gone from the left panel; published points stay");
  await keep(page, "figure-3-in-jupyterlab");
});

/** Opens a notebook alone and moves the mouse over its first figure, until the stored picture gives way to the figure itself. */
async function openFigure(page: Page, notebook: string): Promise<Locator> {
  await page.goto(`${address}/lab/workspaces/${notebook}/tree/figures/${notebook}.ipynb`);
  const output = page.locator(".jp-RenderedPlotly, .jp-OutputArea-output:has(.js-plotly-plot), .jp-OutputArea-output img").first();
  await output.waitFor({ timeout: 60_000 });
  const figure = page.locator(".js-plotly-plot").first();
  for (let tries = 0; tries < 60 && !(await figure.locator(".updatemenu-button").first().isVisible()); tries++) {
    await page.mouse.move(2, 2);
    await output.hover();
    await page.waitForTimeout(500);
  }
  return figure;
}

/** Entries of the legend of what almq computed, and of that of published points. */
const legendEntry = ".legendtoggle, .legend2toggle";

/** Said in the page, which has only one interactive figure: those that the mouse has not been over are pictures. */
const linesDrawn = 'document.querySelectorAll(".js-plotly-plot .scatterlayer .trace .js-line").length';

/** Lines in the first figure of the page. */
function visible(page: Page): Promise<number> {
  return page.locator(".js-plotly-plot").first().locator(".scatterlayer .trace .js-line").count();
}

/** `ALMQ_SCREENSHOTS` names a folder to keep pictures in; otherwise they are kept with what is built. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env.ALMQ_SCREENSHOTS ?? join(projectFolder, ".build", "screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
