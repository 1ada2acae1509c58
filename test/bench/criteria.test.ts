import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { bald, entropy, probabilities, randomSource, topK } from "almq";
import { benchCriteria, summarize, type CriteriaRow } from "../../lib/command/bench/criteria";
import { agreement } from "../../lib/command/bench/criteriaAgreement";
import { criteriaPlan } from "../../lib/command/bench/criteriaPlan";
import { classes, draws, picks, tasks, width } from "../../lib/command/bench/criteriaTasks";

const folder = mkdtempSync(join(tmpdir(), "almq-bench-"));
after(() => rmSync(folder, { recursive: true }));
const samples = 150;
const random = randomSource("bench");

function distributions(count: number): Float64Array {
  const values = new Float64Array(samples * classes * count);
  for (let i = 0; i < samples; i++)
    for (let k = 0; k < count; k++) {
      const weights = Array.from({ length: classes }, () => Math.exp(2 * random.normal()));
      const sum = weights.reduce((a, b) => a + b);
      weights.forEach((weight, l) => (values[(i * classes + l) * count + k] = weight / sum));
    }
  return values;
}

const plain = distributions(1);
const drawn = distributions(draws);
writeFileSync(join(folder, `probabilities-${samples}`), plain);
writeFileSync(join(folder, `draws-${samples}`), drawn);
writeFileSync(join(folder, `features-${samples}`), Float32Array.from({ length: samples * width }, () => random.normal()));

function measured(task: string): { times: number[]; result: Float64Array } {
  const out = join(folder, "result");
  const worker = join(__dirname, "../../lib/command/bench/criteriaWorker.js");
  const { stdout, stderr, status } = spawnSync(process.execPath, [worker, task, String(samples), "1", folder, out], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const { times, extra } = JSON.parse(stdout) as { times: number[]; extra: number };
  assert.ok(extra >= 0);
  return { times, result: new Float64Array(Uint8Array.from(readFileSync(out)).buffer) };
}

test("criteriaWorker TASK measures what the library computes, every task from the files of the inputs", () => {
  for (const task of Object.keys(tasks)) {
    const { times, result } = measured(task);
    assert.ok(times.length === 1 && times[0]! > 0);
    if (task === "entropy") assert.deepEqual(result, entropy(probabilities(plain, { samples, classes })));
    const informed = bald(probabilities(drawn, { samples, classes, draws }));
    if (task === "bald") assert.deepEqual(result, informed);
    if (task === "bald, streamed") assert.deepEqual(Array.from(result), Array.from(topK(informed, { batchSize: picks }, randomSource(1))));
  }
});

test("agreement(task, ours, theirs) says how results agree, and refuses those that do not", () => {
  assert.equal(agreement("entropy", Float64Array.of(1, 2), Float64Array.of(1, 2)), "within 0.0e+0");
  assert.throws(() => agreement("bald", Float64Array.of(1), Float64Array.of(1.001)), /bench: expected bald within 1e-9 of the peer's, got 0.001/);
  assert.throws(() => agreement("entropy", Float64Array.of(1), Float64Array.of(1, 2)), /bench: expected 1 results of entropy, got 2/);
  assert.equal(agreement("badge", Float64Array.of(3, 1), Float64Array.of(3, 2)), "first centre equal; the others are drawn");
  assert.throws(() => agreement("badge", Float64Array.of(3, 1), Float64Array.of(4, 1)), /bench: expected badge to choose as the peer does, got a difference at pick 1/);
  assert.throws(() => agreement("batchBald", Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(1, 2, 3, 4, 6)), /a difference at pick 5/);
  const features = { values: Float32Array.of(0, -1, 1), width: 1 };
  assert.equal(agreement("coreSet", Float64Array.of(1, 2), Float64Array.of(2, 1), features), "first 0 picks equal, cover radius equal");
  assert.throws(() => agreement("coreSet", Float64Array.of(0, 2), Float64Array.of(2, 1), features), /a difference at pick 1/);
});

test("criteriaPlan(extent) measures almq first wherever it measures a peer, five times or more", () => {
  for (const extent of ["quick", "usual", "full"] as const) {
    const plan = criteriaPlan(extent);
    plan.forEach(({ task, library, samples, repeats }, i) => {
      const almq = plan.findIndex((each) => each.task === task && each.samples === samples && each.library === "almq");
      assert.ok(almq >= 0 && almq <= i);
      assert.ok(repeats >= 5 || (extent === "full" && library === "batchbald_redux" && samples === 60_000));
    });
  }
  assert.ok(criteriaPlan("quick").every(({ samples }) => samples <= 10_000));
});

test("summarize(rows) compares at the largest size that all were measured at", () => {
  const row = (library: string, samples: number, median: number): CriteriaRow =>
    ({ task: "bald", library, samples, median, repeats: 5, fastest: 0, slowest: 0, first: 0, memory: 0, agrees: "" });
  const rows = [row("almq", 10, 2), row("torch", 10, 5), row("baal", 10, 8), row("almq", 100, 20), row("torch", 100, 30)];
  assert.deepEqual(summarize(rows), { bald: { samples: 10, almq: 2, ratios: { torch: 2.5, baal: 4 } } });
});

test("benchCriteria({ tasks }) refuses a task that is none, and single tasks where nothing was measured before", async () => {
  await assert.rejects(benchCriteria({ extent: "quick", tasks: ["entropi"], folder }), /bench: expected a task of "entropy" or .* got entropi/);
  await assert.rejects(benchCriteria({ extent: "quick", tasks: ["entropy"], folder }), /bench: expected a whole run before single tasks are measured again, got none/);
});
