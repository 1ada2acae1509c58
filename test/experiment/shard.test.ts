import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { InputError, parseShard, runStudy } from "almq";
import { inShard } from "../../lib/experiment/shard";

const place = mkdtempSync(join(tmpdir(), "almq-shard-"));
after(() => rmSync(place, { recursive: true, force: true }));
const program = join(__dirname, "../../lib/command/study.js");
const common = ["handwriting", "--stand-in", "--methods", "RA", "--replicates", "6", "--workers", "1"];

/** Runs `study`; with `killAt`, ends it with −9 once that many replicates are in the folder. */
function study(folder: string, shard: string | undefined, killAt = Infinity): Promise<number | null> {
  const child = spawn(process.execPath, [program, ...common, "--out", folder, ...(shard === undefined ? [] : ["--shard", shard])], { stdio: "ignore" });
  const watch = setInterval(() => records(folder).size >= killAt && child.kill("SIGKILL"), 20);
  return new Promise((resolve) => child.on("exit", (code) => (clearInterval(watch), resolve(code))));
}

function records(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder).filter((name) => /^replicate/.test(name)).sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("study --shard: three shards, one killed with −9 and one run twice at once, leave the records of one undisturbed run", async () => {
  const [alone, shared] = [join(place, "alone"), join(place, "shared")];
  assert.equal(await study(alone, undefined), 0);
  assert.equal(await study(shared, "1/3", 1), null, "killed");
  assert.equal(records(shared).size, 1);
  assert.deepEqual(await Promise.all([study(shared, "2/3"), study(shared, "2/3")]), [0, 0]);
  assert.deepEqual([await study(shared, "3/3"), await study(shared, "1/3")], [0, 0]);
  assert.equal(records(alone).size, 6);
  assert.deepEqual(records(shared), records(alone));
});

test("runStudy({ workers: 2 }) gives its processes one computing thread each, and leaves this one's alone", async () => {
  const threads = process.env.TF_NUM_INTRAOP_THREADS;
  const folder = join(place, "threads");
  await runStudy({ study: "handwriting-quick", standIn: true, methods: ["RA"], fidelity: "paper", seed: 1, replicates: 2, workers: 2, folder });
  assert.equal(records(folder).size, 2);
  assert.equal(process.env.TF_NUM_INTRAOP_THREADS, threads);
});

test("parseShard(text) takes i/n with i from 1 to n, and nothing else", () => {
  assert.deepEqual(parseShard("2/3"), { number: 2, of: 3 });
  for (const text of ["4/3", "0/3", "1", "1/0", "-1/3", "a/b", "1.5/3", ""]) assert.throws(() => parseShard(text), InputError, text);
});

test("inShard(shard, replicate) gives every replicate to exactly one shard", () => {
  for (const of of [1, 3, 7]) for (let replicate = 0; replicate < 20; replicate++)
    assert.equal(Array.from({ length: of }, (_, i) => inShard({ number: i + 1, of }, replicate)).filter(Boolean).length, 1); // prettier-ignore
});

test("runStudy(run) adds nothing to a folder whose records another version made, and says which; a study that is whole stays readable", async () => {
  const folder = join(place, "old");
  const run = { study: "handwriting", standIn: true, fidelity: "paper", seed: 1, methods: ["RA"], workers: 1, folder } as const;
  await runStudy({ ...run, replicates: 1 });
  const file = join(folder, "replicate-00.csv");
  writeFileSync(file, readFileSync(file, "utf8").replace(/"tfjs":"[^"]*"/, '"tfjs":"3.0.0"'));
  await assert.rejects(runStudy({ ...run, replicates: 2 }), /^InputError: runStudy: expected records of one version in a folder, with tfjs ".*", got tfjs "3\.0\.0" at .*replicate-00\.csv; another folder keeps them apart$/);
  await runStudy({ ...run, replicates: 1 });
  assert.equal(records(folder).size, 1);
});
