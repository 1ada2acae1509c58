import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { Queue } from "bullmq";
import { loadDataset, queueStudy, queueWorker, randomSource, runStudy, studies, writeOutcome, type QueueWorker, type QueueWorkerOptions } from "almq";
import { queueName } from "../../lib/experiment/queue/recordVersion";
import { jobId } from "../../lib/experiment/queue/studyJob";
import { studyIdentity } from "../../lib/experiment/replicate";
import { temporaryFolder } from "../dataset/temporaryFolder";
import { syntheticReplicate } from "../outcome/syntheticStudy";
import { hasRedis, startRedis } from "./redis";

const skip = hasRedis ? false : "no Redis: npm run test:services installs it";
/** Replicates of the long test; the more, the longer. */
const jobs = Number(process.env.ALMQ_JOBS ?? 24);
const tiny = { study: "handwriting", standIn: true, fidelity: "paper", seed: "1", methods: ["RA"] } as const;
const flags = ["handwriting", "--stand-in", "--methods", "RA"];

interface Running {
  /** What it has said so far. */
  readonly words: () => string;
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a command, where no file of its own may grow beyond so many KiB. */
function command(name: string, args: readonly string[], disk?: number): Running {
  const limit = disk === undefined ? "" : `ulimit -f ${disk}; `;
  const child = spawn("bash", ["-c", `${limit}exec "$@"`, "bash", process.execPath, join(__dirname, `../../lib/command/${name}.js`), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (words += String(text)));
  return { words: () => words, ended: new Promise((resolve) => child.on("exit", resolve)), kill: (signal) => void child.kill(signal) };
}

function records(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder).filter((name) => /^replicate/.test(name)).sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

async function until(holds: () => boolean, seconds = 120): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !holds(); await new Promise((wake) => setTimeout(wake, 50))) assert.ok(Date.now() < end, "in time");
}

/** Folders for records, and a Redis that is stopped at the end, after the workers begun here: they could not take leave of it. */
async function place(context: TestContext, settings?: string[]) {
  const folder = temporaryFolder(context);
  const data = join(folder, "redis");
  mkdirSync(data);
  const redis = await startRedis(data, settings);
  const workers: QueueWorker[] = [];
  context.after(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await redis.stop();
  });
  const serve = async (options: Omit<QueueWorkerOptions, "queue">) => void workers.push(await queueWorker({ queue: redis.url, ...options }));
  return { redis, serve, out: join(folder, "out"), alone: join(folder, "alone") };
}

test(`study --queue: ${jobs} replicates, two workers, one of them and Redis killed with −9 in the middle, the gatherer too: the records of an undisturbed run`, { skip, timeout: 1_500_000 }, async (context) => {
  const { redis, out, alone } = await place(context);
  const gather = () => command("study", [...flags, "--replicates", String(jobs), "--out", out, "--queue", redis.url]);
  const serve = () => command("worker", [redis.url, "--workers", "1", "--silence", "6"]);
  let study = gather();
  const [first, second] = [serve(), serve()];
  context.after(() => [study, first, second].forEach(({ kill }) => kill("SIGKILL")));
  await until(() => records(out).size >= jobs / 5, 600);
  first.kill("SIGKILL");
  await until(() => records(out).size >= (2 * jobs) / 5, 600);
  await redis.killAndStart(3_000);
  const third = serve();
  context.after(() => third.kill("SIGKILL"));
  await until(() => records(out).size >= (3 * jobs) / 5, 600);
  study.kill("SIGKILL");
  await study.ended;
  study = gather();
  assert.equal(await study.ended, 0, study.words());
  for (const { kill } of [second, third]) kill("SIGTERM");
  assert.deepEqual(await Promise.all([second.ended, third.ended]), [0, 0]);
  assert.match(study.words(), new RegExp(`${jobs} of ${jobs} replicates`));

  await runStudy({ ...tiny, replicates: jobs, folder: alone, workers: 2 });
  assert.equal(records(alone).size, jobs);
  assert.deepEqual(records(out), records(alone));
});

test("worker, told to end by SIGTERM, finishes the replicate at hand and takes no other; those left stay for the next", { skip, timeout: 240_000 }, async (context) => {
  const { redis, serve, out } = await place(context);
  const study = command("study", [...flags, "--replicates", "6", "--out", out, "--queue", redis.url]);
  const first = command("worker", [redis.url, "--workers", "1"]);
  context.after(() => [study, first].forEach(({ kill }) => kill("SIGKILL")));
  await until(() => records(out).size >= 1);
  first.kill("SIGTERM");
  assert.equal(await first.ended, 0);
  const made = [...first.words().matchAll(/replicate (\d)/g)].length;
  assert.ok(made >= 1 && made < 6, first.words());
  await until(() => records(out).size >= made);
  study.kill("SIGTERM");
  assert.equal(await study.ended, 143);
  assert.match(study.words(), /the jobs stay in the queue/);

  await serve({ workers: 1 });
  await queueStudy({ ...tiny, queue: redis.url, replicates: 6, folder: out });
  assert.equal(records(out).size, 6);
});

test("queueWorker({ folder }) writes on shared storage; a folder that is not shared is told", { skip, timeout: 240_000 }, async (context) => {
  const { redis, serve, out, alone } = await place(context);
  await serve({ workers: 2, folder: out });
  await queueStudy({ ...tiny, queue: redis.url, replicates: 3, folder: out });
  assert.equal(records(out).size, 3);
  const warnings: string[] = [];
  await assert.rejects(queueStudy({ ...tiny, queue: redis.url, replicates: 2, folder: alone, onWarning: (warning) => warnings.push(warning) }), /got replicates 0, 1: its worker wrote it, but it is not in .*alone: --out there and here must be one shared folder$/);
  assert.match(warnings.join("\n"), /^replicate [01] failed: its worker wrote it[^\n]*$/, "told at once, and once");
  const done: number[] = [];
  await assert.rejects(queueStudy({ ...tiny, seed: "2", queue: redis.url, replicates: 1, folder: alone, onProgress: (progress) => done.push(progress.done, progress.share) }), /replicate 0: prepareOutcomeFolder: expected one study in a folder, with seed "2", got seed "1"/);
  assert.ok(done.length > 0 && done.every((part) => part === 0), "a replicate that failed is not done");
});

test("study --queue on a disk that fills up ends with a sentence that says so: what was gathered stays, the rest waits in the queue", { skip, timeout: 240_000 }, async (context) => {
  const { redis, serve, out, alone } = await place(context);
  const gather = (replicates: number, disk?: number) => command("study", [...flags, "--replicates", String(replicates), "--out", out, "--queue", redis.url], disk);
  const started: number[] = [];
  await serve({ workers: 1, onWord: (word) => started.push(...[...word.matchAll(/replicate (\d+)/g)].map(([, number]) => Number(number))) });
  assert.equal(await gather(2).ended, 0);
  const before = records(out);
  const full = gather(4, 1);
  assert.equal(await full.ended, 1, full.words());
  assert.match(full.words(), /expected a file that can be written, got a file that may not grow at .*replicate-0[23]\.csv/);
  assert.deepEqual(records(out), before);
  assert.equal(await gather(4).ended, 0);
  await runStudy({ ...tiny, replicates: 4, folder: alone, workers: 2 });
  assert.deepEqual(records(out), records(alone));
  assert.deepEqual([...started].sort(), [0, 1, 2, 3], "no replicate was run twice");
});

test("queueStudy(study) refuses records of another study in its folder, and a record that another study's worker sent", { skip, timeout: 240_000 }, async (context) => {
  const { redis, serve, out, alone } = await place(context);
  mkdirSync(alone);
  writeOutcome(alone, syntheticReplicate(0, randomSource(1)));
  await assert.rejects(queueStudy({ ...tiny, queue: redis.url, replicates: 2, folder: alone }), /expected one study in a folder/);

  const identity = { ...studyIdentity(studies.handwriting!, await loadDataset("handwriting", { standIn: true }), tiny), source: "data of another version" };
  const queue = new Queue(queueName(), { connection: { port: Number(new URL(redis.url).port) } });
  context.after(() => queue.close());
  const id = jobId({ identity, replicate: 0 });
  await queue.add("handwriting", { identity, replicate: 0 }, { jobId: id });
  await queue.add("handwriting", { identity: 3 }, { jobId: "bad-job" });
  await serve({ workers: 1 });
  const reasons = new Map<string, string>();
  for (const end = Date.now() + 60_000; reasons.size < 2 && Date.now() < end; await new Promise((wake) => setTimeout(wake, 200)))
    for (const job of await queue.getFailed()) reasons.set(job.id!, job.failedReason);
  assert.match(reasons.get(id)!, /worker: expected one study in a folder, with source "data of another version", got source .* at this machine/);
  assert.match(reasons.get("bad-job")!, /expected a study and a replicate/);
  assert.equal(records(out).size, 0);
});

test("queueWorker(options) warns of a Redis that may lose jobs, and is told of a wrong password and of a database that is not there", { skip, timeout: 60_000 }, async (context) => {
  const { redis } = await place(context, ["--save", "", "--appendonly", "no", "--maxmemory-policy", "allkeys-lru", "--requirepass", "secret"]);
  await assert.rejects(queueWorker({ queue: redis.url }), /got one that refuses the name or the password/);
  const words: string[] = [];
  const url = redis.url.replace("//", "//:secret@");
  await assert.rejects(queueWorker({ queue: `${url}/99` }), /got one without a database of that number at redis:\/\/:…@/);
  const worker = await queueWorker({ queue: url, onWord: (word) => words.push(word) });
  await worker.close();
  assert.match(words.join("\n"), /:…@.* may drop jobs, locks and records .*\n.* keeps nothing on disk/);
});
