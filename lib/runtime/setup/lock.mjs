import { linkSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { age, endChild, isDead, ownHolder, readHolder } from "./lockHolder.mjs";
import { processStart } from "./processStart.mjs";

/**
 * One set-up at a time. A second one waits until the first is done; a holder that was killed is found out,
 * what it left running is ended, and its place is taken.
 *
 * @template T
 * @param {string} folder the set-up's own folder: the lock lies in it, and all else in it is swept before the work
 * @param {(line: string) => void} say
 * @param {(hold: { child: (pid: number | undefined) => void }) => Promise<T>} work tells the lock which child process runs
 * @returns {Promise<T>}
 */
export async function withLock(folder, say, work) {
  const path = join(folder, "lock");
  mkdirSync(folder, { recursive: true });
  const holder = await take(folder, path, say);
  const pulse = setInterval(() => beat(path), 5_000);
  pulse.unref();
  const letGo = () => {
    clearInterval(pulse);
    rmSync(path, { force: true });
  };
  const stopped = (/** @type {NodeJS.Signals} */ signal) => {
    endChild(holder);
    letGo();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  signals.forEach((signal) => process.on(signal, stopped));
  try {
    sweep(folder);
    return await work({
      child: (pid) => {
        if (pid === undefined) delete holder.child;
        else holder.child = { pid, start: processStart(pid) };
        const draft = join(folder, "lock.new");
        writeFileSync(draft, JSON.stringify(holder));
        renameSync(draft, path);
      },
    });
  } finally {
    signals.forEach((signal) => process.off(signal, stopped));
    letGo();
  }
}

/**
 * @param {string} folder
 * @param {string} path
 * @param {(line: string) => void} say
 * @returns {Promise<import("./lockHolder.mjs").Holder>}
 */
async function take(folder, path, say) {
  const own = ownHolder();
  const draft = join(folder, `lock.${process.pid}`);
  for (let told = false; ; await new Promise((wake) => setTimeout(wake, 200))) {
    writeFileSync(draft, JSON.stringify(own));
    try {
      linkSync(draft, path); // fails when the lock is there: made whole or not at all
      return own;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const other = readHolder(path);
    if (isDead(other, path)) takeAway(path, other);
    else if (!told) {
      say(`another set-up is at work here (process ${other?.pid ?? "unknown"} on ${other?.host ?? "this machine"}): waiting for it`);
      told = true;
    }
  }
}

/**
 * Removes a dead holder's lock, unless somebody else has done so and taken the place meanwhile.
 *
 * @param {string} path
 * @param {import("./lockHolder.mjs").Holder | undefined} dead
 */
function takeAway(path, dead) {
  const guard = `${path}.guard`;
  try {
    mkdirSync(guard);
  } catch {
    if (age(guard) > 10_000) rmdirSync(guard); // its maker was killed between two system calls
    return;
  }
  try {
    if (JSON.stringify(readHolder(path)) !== JSON.stringify(dead)) return;
    if (dead !== undefined && dead.host === hostname()) endChild(dead);
    rmSync(path, { force: true });
  } finally {
    rmdirSync(guard);
  }
}

/** @param {string} path */
function beat(path) {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // the folder was taken away under us: the work will notice
  }
}

/** @param {string} folder */
function sweep(folder) {
  for (const entry of readdirSync(folder))
    if (!entry.startsWith("lock")) rmSync(join(folder, entry), { recursive: true, force: true, maxRetries: 3 });
}
