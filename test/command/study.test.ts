import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "almq-test-"));
const records = join(folder, "records");
const refused = {
  "no name": [[], /study: expected one name: npm run study/],
  "two names": [["handwriting", "mnist"], /study: expected one name: .*got handwriting mnist/s],
  "an unknown name": [["letters"], /studyNamed: expected one of handwriting/],
  "a fidelity that is none": [["handwriting", "--fidelity", "exact"], /study: expected a fidelity of paper or corrected, got exact/],
  "an empty folder": [["handwriting", "--out", ""], /study: expected a folder after --out/],
  "workers here and a queue": [["handwriting", "--workers", "2", "--queue", "redis://localhost:1"], /study: expected either --workers here or --queue/],
  "no workers": [["handwriting", "--stand-in", "--workers", "0"], /worker/],
  "half a replicate": [["handwriting", "--stand-in", "--replicates", "1.5"], /expected 1 to 100,000 replicates, got 1.5/],
  "more replicates than anybody runs": [["handwriting", "--stand-in", "--replicates", "1e11"], /expected 1 to 100,000 replicates, got 100000000000/],
  "a method asked for twice": [["handwriting", "--stand-in", "--methods", "RA,RA"], /each once, got RA/],
  "a method that is none": [["handwriting", "--stand-in", "--methods", "RA,XY"], /expected methods of ALMQ\+EE, .*got XY/],
  "a shard that is none": [["handwriting", "--shard", "3/2"], /shard/],
} as const;

for (const [what, [args, said]] of Object.entries(refused))
  test(`npm run study refuses ${what} in a sentence and begins nothing`, () => {
    const out: readonly string[] = (args as readonly string[]).includes("--out") ? [] : ["--out", records];
    const { stderr, status } = spawnSync(process.execPath, [join(__dirname, "../../lib/command/study.js"), ...args, ...out], { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stderr, said);
    assert.doesNotMatch(stderr, /\n {4}at /);
    assert.ok(!existsSync(records));
  });

test.after(() => rmSync(folder, { recursive: true }));
