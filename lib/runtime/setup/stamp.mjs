import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * What a set-up folder was made from. It lies inside the folder, so that the two come and go together.
 * A folder without one, or with an unfinished one, is not trusted.
 *
 * @typedef {Record<string, unknown> & { unfinished?: true }} Stamp
 */

const name = "almq-set-up.json";

/**
 * The stamp of a folder; none when the folder or its stamp is missing or damaged.
 *
 * @param {string} folder
 * @returns {Stamp | undefined}
 */
export function readStamp(folder) {
  try {
    const stamp = JSON.parse(readFileSync(join(folder, name), "utf8"));
    return typeof stamp === "object" && stamp !== null ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Stamps a folder as whole. The last act of making it.
 *
 * @param {string} folder
 * @param {Stamp} stamp
 */
export function writeStamp(folder, stamp) {
  writeWhole(join(folder, name), JSON.stringify(stamp, null, 2) + "\n");
}

/**
 * Makes the folder if need be and marks it unfinished: until `writeStamp`, nobody trusts it.
 *
 * @param {string} folder
 */
export function beginFolder(folder) {
  mkdirSync(folder, { recursive: true });
  writeStamp(folder, { unfinished: true });
}

/**
 * Takes the stamp away: what lies there may still be of use, but counts as missing.
 *
 * @param {string} folder
 */
export function removeStamp(folder) {
  rmSync(join(folder, name), { force: true });
}

/**
 * Whether every entry of `wanted` stands in the stamp with the same value.
 *
 * @param {Stamp | undefined} stamp
 * @param {Record<string, unknown>} wanted
 */
export function stampHas(stamp, wanted) {
  return stamp !== undefined && Object.entries(wanted).every(([key, value]) => JSON.stringify(stamp[key]) === JSON.stringify(value));
}

/**
 * A short fingerprint of some files, by path and content. A missing file counts as such.
 *
 * @param {string} root
 * @param {readonly string[]} paths relative to `root`
 */
export function fingerprint(root, paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    hash.update(`\0${path}\0`);
    try {
      hash.update(readFileSync(join(root, path)));
    } catch {
      hash.update("\0missing");
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * Writes a file so that nobody ever sees half of it.
 *
 * @param {string} path
 * @param {string} text
 */
export function writeWhole(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
