import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { datasetEntry, randomSource, writeStandIn } from "almq";
import type { StudyTask } from "../../lib/command/bench/studyTask";

const folder = mkdtempSync(join(tmpdir(), "almq-bench-"));
after(() => rmSync(folder, { recursive: true }));
writeStandIn(datasetEntry("handwriting"), join(folder, "handwriting"), 100, randomSource("bench"));

function done(task: StudyTask) {
  const program = join(__dirname, "../../lib/command/bench/studyTask.js");
  return spawnSync(process.execPath, [program, JSON.stringify(task)], { encoding: "utf8", env: { ...process.env, ALMQ_DATA: folder } });
}

test("studyTask TASK takes so many samples for its pool, refuses more than the data has, and says what the data is", () => {
  const { status, stdout, stderr } = done({ write: folder, pool: 50 });
  assert.equal(status, 0, stderr);
  assert.equal(statSync(join(folder, "pool.i32")).size, 4 * 50);
  const { source, standIn } = JSON.parse(stdout.trim().split("\n").at(-1)!) as { source: string; standIn: boolean };
  assert.deepEqual([source, standIn], [datasetEntry("handwriting").standIn.title, true]);
  const larger = done({ write: folder, pool: 81 });
  assert.equal(larger.status, 1);
  assert.match(larger.stderr, /bench: expected a pool of 81 samples, got only 80/);
});
