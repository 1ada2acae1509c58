import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

const train = (...args: string[]) => spawnSync(process.execPath, [join(__dirname, "../../lib/command/train.js"), ...args], { encoding: "utf8" });

test("train STUDY --stand-in fits the study's model on all labels and says how good it is", () => {
  const { stdout, status } = train("handwriting", "--stand-in", "--epochs", "12");
  assert.equal(status, 0);
  assert.match(stdout, /^handwriting: digits drawn by almq .*, \d+ samples to learn from, \d+ to test on$/m);
  const losses = /loss of each epoch {2}([\d., ]+)/.exec(stdout)![1]!.split(",").map(Number);
  assert.equal(losses.length, 12);
  assert.ok(losses.at(-1)! < 0.7 * losses[0]!, losses.join());
  assert.ok(Number(/accuracy (0\.\d+)/.exec(stdout)![1]) > 0.5, stdout);
});

test("train refuses an unknown study, no epochs and no study, with one line and exit code 1", () => {
  for (const [args, said] of [[["nothing"], /studyNamed: expected one of handwriting/], [["handwriting", "--stand-in", "--epochs", "0"], /epoch/], [[], /train: expected one study/]] as const) {
    const { stderr, status } = train(...args);
    assert.equal(status, 1);
    assert.match(stderr, said);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
});
