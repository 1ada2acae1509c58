import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";

/** The pieces of the set-up that start Label Studio. They are not compiled. */
interface SetUp {
  startLabelStudio(options: { root: string; data: string; account: Account; port: number }): Promise<Studio>;
  freePort(): Promise<number>;
  readAccount(root: string): Account;
  emptyData(root: string): string;
}

export interface Account {
  readonly user: string;
  readonly password: string;
  readonly token: string;
}

export interface Studio {
  readonly url: string;
  readonly pid: number;
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

const root = process.cwd();

/** Whether Label Studio is installed; `npm run test:services` does that. */
export const hasLabelStudio = existsSync(join(root, ".venv-label-studio", "almq-set-up.json"));

/** A Label Studio in which nothing has happened yet, on a port that stays the same when it is started again. */
export async function prepareStudio(name: string): Promise<{ account: Account; start(): Promise<Studio>; discard(): void }> {
  const part = async <T>(file: string) => (await import(pathToFileURL(join(root, "lib/runtime/setup", file)).href)) as T;
  const { startLabelStudio, freePort } = await part<SetUp>("labelStudioServer.mjs");
  const { readAccount, emptyData } = await part<SetUp>("labelStudio.mjs");
  const data = join(root, ".build", `label-studio-${name}-${process.pid}`);
  cpSync(emptyData(root), data, { recursive: true });
  const account = readAccount(root);
  const port = await freePort();
  return { account, start: () => startLabelStudio({ root, data, account, port }), discard: () => rmSync(data, { recursive: true, force: true }) };
}

/** Logs in as a person does. */
export async function logIn(page: Page, url: string, { user, password }: Pick<Account, "user" | "password">): Promise<void> {
  await page.goto(`${url}/user/login/`);
  await page.fill("input[name=email]", user);
  await page.fill("input[name=password]", password);
  await Promise.all([page.waitForURL((address) => !address.pathname.startsWith("/user/login")), page.click("button[type=submit], input[type=submit]")]);
}

/** What the screen asks, once it is another question than before. */
export async function shown(page: Page, before: string | undefined): Promise<{ words: string; samples: number[] }> {
  const look = `JSON.stringify({
    words: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6,.ant-typography,[class*=header]")].map((each) => each.textContent).find((text) => /^(Which class|Are all|Is at least|Is this)/.test(text)) ?? "",
    samples: [...document.querySelectorAll("img[src*='/sample/']")].map((image) => Number(image.src.split("/").pop())),
  })`;
  for (let tries = 0; tries < 1200; tries++) {
    const now = await page.evaluate<string>(look).catch(() => "");
    const seen = (now === "" ? { words: "", samples: [] } : JSON.parse(now)) as { words: string; samples: number[] };
    if (seen.words !== "" && seen.samples.length > 0 && now !== before) return seen;
    await page.waitForTimeout(50);
  }
  throw new Error("no other question came to the screen");
}
