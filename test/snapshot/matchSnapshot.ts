import { fail } from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const folder = resolve(__dirname, "../../../test/snapshot");

/**
 * Compares a value with the JSON file of that name, numbers rounded to six digits. A difference leaves a twin
 * `NAME-changed.json` to look at; `UPDATE_SNAPSHOTS=1` accepts what there is.
 */
export function matchSnapshot(name: string, value: unknown): void {
  const path = resolve(folder, `${name}.json`);
  const changed = resolve(folder, `${name}-changed.json`);
  const text = `${JSON.stringify(value, rounded, 1)}\n`;
  rmSync(changed, { force: true });
  if (process.env.UPDATE_SNAPSHOTS === "1") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(changed, text);
  fail(`${name} differs from its snapshot: compare it with ${name}-changed.json, and accept it with UPDATE_SNAPSHOTS=1`);
}

function rounded(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isInteger(value)) return Number(value.toPrecision(6));
  return typeof value === "string" && value.startsWith("data:") ? `${value.slice(0, 30)}… ${value.length} characters` : value;
}
