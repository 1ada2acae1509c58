import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { randomSource, readOutcomes } from "almq";

/** How often a run is killed: ALMQ_KILLS=50 for the whole experiment. */
const kills = Number(process.env.ALMQ_KILLS ?? 3);
const place = mkdtempSync(join(tmpdir(), "almq-killed-"));
after(() => rmSync(place, { recursive: true, force: true }));
const program = join(__dirname, "../../lib/command/study.js");
const environment = { ...process.env, TF_NUM_INTRAOP_THREADS: "1" };
const checkpoints = ".replicate-00";

/** Runs one method of the handwriting study on a stand-in; with `patience`, ends it with −9 so many milliseconds after its work has begun. */
async function study(folder: string, patience?: number): Promise<{ code: number | null; worked: number }> {
  const child = spawn(process.execPath, [program, "handwriting", "--stand-in", "--methods", "ALMQ+EE", "--replicates", "1", "--workers", "1", "--out", folder], { stdio: "ignore", env: environment });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  while (child.exitCode === null && !existsSync(join(folder, checkpoints))) await wait(5);
  const began = performance.now();
  if (patience !== undefined) setTimeout(() => child.kill("SIGKILL"), patience);
  return { code: await ended, worked: performance.now() - began };
}

test(`study ended with −9 at ${kills} random instants, and started again, writes the records of an undisturbed run, bit for bit`, async (t) => {
  const alone = join(place, "alone");
  const { code, worked } = await study(alone);
  assert.equal(code, 0);
  const records = (folder: string) => readFileSync(join(folder, "replicate-00.csv"), "utf8");
  const questions = readOutcomes(alone).outcomes[0]!.runs[0]!.records.length - 1;
  const random = randomSource(new Date().getTime());
  const [found, equal] = [[] as number[], [] as boolean[]];
  for (let kill = 0; kill < kills; kill++) {
    const folder = join(place, `killed ${kill}`);
    const { code } = await study(folder, random.next() * worked * 0.9);
    if (code === null && existsSync(join(folder, checkpoints, "ALMQ+EE"))) found.push(kept(join(folder, checkpoints, "ALMQ+EE")));
    assert.equal((await study(folder)).code, 0);
    equal.push(records(folder) === records(alone));
    assert.deepEqual(readdirSync(folder).sort(), ["curves.csv", "replicate-00.csv"], "nothing else is left");
  }
  t.diagnostic(`${equal.filter(Boolean).length} of ${kills} ended with identical records; ${found.length} were in the middle of the run, after ${found.join(", ")} of ${questions} questions`);
  assert.ok(equal.every(Boolean));
});

/** Questions in a checkpoint. */
function kept(path: string): number {
  const state = JSON.parse(readFileSync(path, "utf8").split("\n")[2]!) as { records: unknown[] };
  return state.records.length - 1;
}
