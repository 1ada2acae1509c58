import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { jupyterFrame } from "../../lib/experiment/person/jupyterFrame";
import { chromiumPath, openChromium } from "./chromium";

const skip = chromiumPath === undefined ? "no Chromium on this machine" : false;
let browser: Browser;
before(async () => void (skip || (browser = await openChromium())));
after(async () => void (await browser?.close()));

test("jupyterFrame(address) shows a page twice in one notebook, also when it can be reached only after a while", { skip }, async (context) => {
  let pings = 0;
  const questions = createServer((request, response) => (request.url === "/ping" && pings++ < 2 ? request.socket.destroy() : response.end("a question")));
  const lab = createServer((_, response) => response.writeHead(404).end());
  for (const server of [questions, lab]) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    context.after(() => (server.closeAllConnections(), server.close()));
  }
  const at = (server: typeof lab) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const html = [1, 2].map(() => `<section>${jupyterFrame(`${at(questions)}#key=k`)}</section>`).join("");
  lab.removeAllListeners("request");
  lab.on("request", (request, response) => response.writeHead(request.url === "/" ? 200 : 404, { "content-type": "text/html" }).end(request.url === "/" ? html : ""));
  const page = await browser.newPage();
  context.after(() => page.close());
  await page.goto(at(lab));
  for (const section of [0, 1]) {
    const frame = page.locator("section").nth(section).locator("iframe");
    await frame.waitFor({ timeout: 20_000 });
    assert.equal(await frame.getAttribute("src"), `${at(questions)}#key=k`);
  }
});

test("jupyterFrame(address) says what to do when the page cannot be reached", { skip }, async (context) => {
  const page = await browser.newPage();
  context.after(() => page.close());
  await page.route("http://127.0.0.1:9/**", (route) => route.abort());
  await page.route("http://lab.test/**", (route) => (new URL(route.request().url()).pathname === "/" ? route.fulfill({ contentType: "text/html", body: jupyterFrame("http://127.0.0.1:9/#key=k") }) : route.fulfill({ status: 404 })));
  await page.goto("http://lab.test/");
  await page.getByText("The page with the questions cannot be reached.").waitFor({ timeout: 20_000 });
  assert.equal(await page.locator("iframe").count(), 0);
});
