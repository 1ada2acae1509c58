import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../dataset/temporaryFolder";

const program = join(__dirname, "../../lib/command/study.js");

/** Runs `study` where no file may grow beyond so many KiB. */
function study(folder: string, replicates: number, disk?: number): { status: number | null; said: string } {
  const limit = disk === undefined ? "" : `ulimit -f ${disk}; `;
  const args = [program, "handwriting", "--stand-in", "--methods", "RA", "--workers", "1", "--replicates", String(replicates), "--out", folder];
  const { status, stdout, stderr } = spawnSync("bash", ["-c", `${limit}exec "$@"`, "bash", process.execPath, ...args], { encoding: "utf8" });
  return { status, said: stdout + stderr };
}

const records = (folder: string) => new Map(readdirSync(folder).filter((name) => name.startsWith("replicate")).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

test("study on a disk that fills up ends with a sentence that says so, what was finished stays, and with room it goes on", { skip: process.platform === "win32" }, (context) => {
  const [folder, alone] = [temporaryFolder(context), temporaryFolder(context)];
  assert.equal(study(folder, 1).status, 0);
  const before = records(folder);
  const full = study(folder, 3, 2);
  assert.equal(full.status, 1, full.said);
  assert.match(full.said, /expected a file that can be written, got a file that may not grow at .*/);
  assert.doesNotMatch(full.said, /\n\s+at /, "no stack");
  assert.deepEqual(records(folder), before);
  assert.equal(study(folder, 3).status, 0);
  assert.equal(study(alone, 3).status, 0);
  assert.deepEqual(records(folder), records(alone));
  assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith(".part")), []);
});
