import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator, Page } from "playwright-core";

/** Writes a notebook for the TypeScript kernel. */
export function writeNotebook(path: string, sources: readonly string[]): void {
  const cells = sources.map((source, i) => ({ cell_type: "code", id: `cell-${i}`, metadata: {}, source, outputs: [], execution_count: null }));
  const metadata = { kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" } };
  writeFileSync(path, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
}

/** Opens a notebook in JupyterLab, and waits until its kernel is there. */
export async function openNotebook(page: Page, url: string, token: string, name: string): Promise<void> {
  const chooseKernel = async () => {
    await page.locator(".jp-Dialog select").selectOption({ label: "TypeScript" }, { timeout: 2000 }).catch(() => {});
    await page.locator(".jp-Dialog .jp-mod-accept").click({ timeout: 2000 }).catch(() => {});
  };
  await page.addLocatorHandler(page.locator(".jp-Dialog select"), chooseKernel, { noWaitAfter: true }); // a slow page asks a second time
  await page.goto(`${url}lab/tree/${name}?token=${token}`);
  await idle(page);
}

/** Waits until the notebook is drawn and its kernel has nothing to do. */
export async function idle(page: Page): Promise<void> {
  await page.waitForSelector(".jp-Notebook .jp-Cell", { timeout: 90_000 });
  await page.waitForSelector(".jp-Notebook-ExecutionIndicator[data-status=idle]", { timeout: 90_000 });
}

/**
 * Runs all cells; gives the frame that they show. JupyterLab forgets what is run while it still connects: then again.
 *
 * @param started whether the first cell has run
 */
export async function runAll(page: Page, started: () => boolean): Promise<FrameLocator> {
  for (let tries = 0; tries < 6; tries++) {
    await page.click(".lm-MenuBar-itemLabel:text-is('Run')");
    await page.click(".lm-Menu-itemLabel:text-is('Run All Cells')");
    for (let waited = 0; waited < 30 && !started(); waited++) {
      await page.waitForTimeout(1000);
      if (waited > 3 && (await page.locator(".jp-InputPrompt", { hasText: "[*]" }).count()) === 0) break;
    }
    if (started()) return newestFrame(page);
  }
  await picture(page, "lab-failed", join(process.cwd(), ".build/pictures"));
  throw new Error("JupyterLab does not run the cells");
}

/** The frame with questions that was shown last. */
export async function newestFrame(page: Page): Promise<FrameLocator> {
  const frame = page.locator("iframe[title='almq asks']").last();
  await frame.waitFor({ timeout: 120_000 }).catch(async (error: unknown) => {
    await picture(page, "lab-failed", join(process.cwd(), ".build/pictures"));
    throw error;
  });
  await frame.scrollIntoViewIfNeeded();
  return frame.contentFrame();
}

/** Keeps a picture of the page, where `ALMQ_SCREENSHOTS` names a folder. */
export async function picture(page: Page, name: string, folder = process.env.ALMQ_SCREENSHOTS): Promise<void> {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
