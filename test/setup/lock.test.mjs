import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { withLock } from "../../lib/runtime/setup/lock.mjs";
import { processStart } from "../../lib/runtime/setup/processStart.mjs";

const folder = mkdtempSync(join(tmpdir(), "almq-lock-"));
const path = join(folder, "lock");
after(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(path, { force: true }));

const held = (/** @type {object} */ holder) => writeFileSync(path, JSON.stringify({ host: hostname(), since: "", ...holder }));
/** Takes the lock; gives up after some time. */
const take = async (wait = 2000) => {
  /** @type {string[]} */
  const said = [];
  const taken = withLock(folder, (line) => said.push(line), async () => "taken");
  const waiting = new Promise((resolve) => setTimeout(resolve, wait, "waiting").unref());
  return { end: await Promise.race([taken, waiting]), said, taken };
};

test("withLock(folder, say, work) holds the lock while it works, and lets go also when the work fails", async () => {
  await withLock(folder, assert.fail, async () => assert.equal(JSON.parse(readFileSync(path, "utf8")).pid, process.pid));
  assert.ok(!existsSync(path));
  await assert.rejects(withLock(folder, assert.fail, () => Promise.reject(new Error("no"))), /no/);
  assert.ok(!existsSync(path));
});

test("withLock(folder, say, work) sweeps what an earlier set-up left in the folder", async () => {
  writeFileSync(join(folder, "half"), "");
  await withLock(folder, assert.fail, async () => assert.ok(!existsSync(join(folder, "half"))));
});

test("withLock(folder, say, work) takes the place of a process that is gone, or whose number is another's by now", async () => {
  const gone = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => gone.on("close", resolve));
  held({ pid: gone.pid, start: "1" });
  assert.equal((await take()).end, "taken");
  held({ pid: process.pid, start: "long ago" });
  assert.equal((await take()).end, "taken");
});

test("withLock(folder, say, work) waits for a living process, says so once, and goes on when it has let go", async () => {
  held({ pid: process.pid, start: processStart(process.pid) });
  const { end, said, taken } = await take(700);
  assert.equal(end, "waiting");
  assert.deepEqual(said, [`another set-up is at work here (process ${process.pid} on ${hostname()}): waiting for it`]);
  rmSync(path);
  assert.equal(await taken, "taken");
});

test("withLock(folder, say, work) believes a holder on another machine until it has been silent for a minute", async () => {
  held({ pid: 1, start: "1", host: "another machine" });
  const { end, taken } = await take(500);
  assert.equal(end, "waiting");
  const before = new Date(Date.now() - 61_000);
  utimesSync(path, before, before);
  assert.equal(await taken, "taken");
});

test("withLock(folder, say, work) lets many in one after the other", async () => {
  let inside = 0;
  const one = () =>
    withLock(folder, () => {}, async () => {
      assert.equal(++inside, 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
    });
  await Promise.all(Array.from({ length: 5 }, one));
});
