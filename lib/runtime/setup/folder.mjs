import { lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The set-up's own folder: its lock, and what it is making or throwing away.
 *
 * @param {string} root
 */
export const workshop = (root) => join(root, ".setup");

/**
 * Whether something stands at a path, a link to nowhere included.
 *
 * @param {string} path
 */
export function stands(path) {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * Takes a folder away at once and then deletes it, so that a kill in between leaves no half of it.
 *
 * @param {string} root
 * @param {string} path
 */
export function discard(root, path) {
  if (!stands(path)) return;
  const bin = join(workshop(root), `discarded-${process.pid}-${Date.now()}`);
  mkdirSync(dirname(bin), { recursive: true });
  renameSync(path, bin);
  rmSync(bin, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Puts a finished folder in its place.
 *
 * @param {string} root
 * @param {string} finished
 * @param {string} place
 */
export function putInPlace(root, finished, place) {
  discard(root, place);
  renameSync(finished, place);
}

/**
 * Whether a link stands at `path` and says `target`.
 *
 * @param {string} path
 * @param {string} target
 */
export function isLinked(path, target) {
  try {
    return readlinkSync(path) === target;
  } catch {
    return false;
  }
}

/**
 * Makes a link, in the place of whatever stood there.
 *
 * @param {string} path
 * @param {string} target relative to the folder of `path`
 */
export function link(path, target) {
  if (isLinked(path, target)) return;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { recursive: true, force: true });
  symlinkSync(target, path);
}
