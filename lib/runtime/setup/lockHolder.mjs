import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { processStart } from "./processStart.mjs";

/**
 * Who is setting up, and which program it runs just now.
 *
 * @typedef {{ pid: number, start: string | undefined, host: string, since: string, child?: { pid: number, start: string | undefined } }} Holder
 */

/** A holder on another machine that shows no sign of life for so long is taken for dead. */
const silence = 60_000;

/**
 * This process as a holder.
 *
 * @returns {Holder}
 */
export function ownHolder() {
  return { pid: process.pid, start: processStart(process.pid), host: hostname(), since: new Date().toISOString() };
}

/**
 * Who holds the lock; none when nobody does, or it cannot be told.
 *
 * @param {string} path
 * @returns {Holder | undefined}
 */
export function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Whether a holder is gone for good: its process has ended, or it is on another machine and has been silent for long.
 *
 * @param {Holder | undefined} holder
 * @param {string} path
 */
export function isDead(holder, path) {
  if (holder === undefined || holder.host !== hostname()) return age(path) > silence;
  const start = processStart(holder.pid);
  return start === undefined || start !== holder.start;
}

/**
 * Ends the program that a set-up was running, with all that it started.
 *
 * @param {Holder} holder
 */
export function endChild({ child }) {
  if (child === undefined) return;
  const start = processStart(child.pid);
  if (start !== undefined && start !== child.start) return; // the number belongs to somebody else by now
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // it had ended by itself
  }
}

/**
 * Milliseconds since a file was touched.
 *
 * @param {string} path
 */
export function age(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
