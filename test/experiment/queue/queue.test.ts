import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { InputError, keepRecord, outcomeText, queueStudy, queueWorker, randomSource, replicateFile, type ReplicateOutcome } from "almq";
import { recordVersion } from "../../../lib/experiment/queue/recordVersion";
import { redisAddress } from "../../../lib/experiment/queue/redisAddress";
import { redisWarnings } from "../../../lib/experiment/queue/requireRedis";
import { packRecord, unpackRecord } from "../../../lib/experiment/queue/sentRecord";
import { jobId, readJob } from "../../../lib/experiment/queue/studyJob";
import { syntheticReplicate } from "../../outcome/syntheticStudy";

const folder = mkdtempSync(join(tmpdir(), "almq-queue-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const replicate = (number: number): ReplicateOutcome => syntheticReplicate(number, randomSource(number), { study: "handwriting" });
const identityOf = ({ header: { study, dataset, source, standIn, fidelity, seed, settings } }: ReplicateOutcome) => ({ study, dataset, source, standIn, fidelity, seed, settings });

test("redisAddress(url) reads host, port, database, name, password and encryption", () => {
  assert.deepEqual(redisAddress("redis://queue", "worker"), { host: "queue", port: 6379, db: 0 });
  assert.deepEqual(redisAddress("redis://[::1]:7000/2", "worker"), { host: "::1", port: 7000, db: 2 });
  assert.deepEqual(redisAddress("rediss://me:a%40b@queue:1", "worker"), { host: "queue", port: 1, db: 0, username: "me", password: "a@b", tls: {} });
  for (const url of ["", "queue:6379", "http://queue", "redis://", "redis://queue/two", "redis:///0"]) assert.throws(() => redisAddress(url, "worker"), InputError, url);
});

test("redisAddress(url) keeps the password to itself in an error", () => {
  for (const url of ["http://me:secret@queue", "redis://me:secret@queue/two", "me:secret@queue:6379"]) assert.throws(() => redisAddress(url, "worker"), (error: Error) => error instanceof InputError && !error.message.includes("secret"));
});

test("redisWarnings(settings) says what may be lost with eviction, snapshots only and nothing on disk", () => {
  assert.deepEqual(redisWarnings({ maxmemory_policy: "noeviction", aof_enabled: "1", save: "" }), []);
  assert.match(redisWarnings({ maxmemory_policy: "allkeys-lru", aof_enabled: "1" }).join(), /may drop jobs, locks and records .*allkeys-lru/);
  assert.match(redisWarnings({ maxmemory_policy: "noeviction", aof_enabled: "0", save: "" }).join(), /keeps nothing on disk .*every waiting job and every record not yet fetched is lost/);
  assert.match(redisWarnings({ maxmemory_policy: "noeviction", aof_enabled: "0", save: "3600 1" }).join(), /snapshots only .*since the last snapshot are lost/);
});

test("queueStudy and queueWorker say that nobody answers, before any work, and that an answer is not Redis's", async (context) => {
  const study = { study: "handwriting", standIn: true, fidelity: "paper", seed: 1, replicates: 1, methods: ["RA"], folder } as const;
  await assert.rejects(queueWorker({ queue: "redis://:secret@127.0.0.1:1" }), /^InputError: worker: expected a Redis that answers, got nobody there at redis:\/\/:…@127\.0\.0\.1:1$/);
  await assert.rejects(queueStudy({ ...study, queue: "redis://127.0.0.1:1" }), /study: expected a Redis that answers, got nobody there/);
  const web = createServer((socket) => void socket.on("error", () => {}).end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  const mute = createServer((socket) => void socket.on("error", () => {}));
  for (const server of [web, mute]) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => [web, mute].forEach((server) => server.close().unref()));
  const at = (server: typeof web) => `redis://127.0.0.1:${(server.address() as { port: number }).port}`;
  await assert.rejects(queueWorker({ queue: at(web) }), /got something that is no Redis/);
  await assert.rejects(queueWorker({ queue: at(mute) }), /got no answer within 5 s/);
  assert.deepEqual(readdirSync(folder), []);
});

test("queueWorker(options) refuses less than one worker and less than a second of silence", async () => {
  await assert.rejects(queueWorker({ queue: "redis://127.0.0.1:1", workers: 0 }), /at least one worker/);
  await assert.rejects(queueWorker({ queue: "redis://127.0.0.1:1", silence: 0 }), /a silence of at least 1 second/);
});

test("queueWorker(options) refuses a folder that cannot be written to before it takes a job", async () => {
  await assert.rejects(queueWorker({ queue: "redis://127.0.0.1:1", folder: join(__filename, "records") }), /^InputError: worker: expected a folder, got a file/);
});

test("jobId(job) is the same for the same replicate of the same study however it is written, and another for any other", () => {
  const identity = identityOf(replicate(0));
  const turned = Object.fromEntries(Object.entries(identity).reverse()) as typeof identity;
  assert.equal(jobId({ identity, replicate: 3 }), jobId({ identity: turned, replicate: 3 }));
  const others = [{ ...identity, seed: 8 }, { ...identity, fidelity: "corrected" as const }, { ...identity, settings: { ...identity.settings, budget: 9 } }];
  assert.equal(new Set([jobId({ identity, replicate: 3 }), jobId({ identity, replicate: 4 }), ...others.map((other) => jobId({ identity: other, replicate: 3 }))]).size, 5);
  assert.match(jobId({ identity, replicate: 3 }), /^handwriting-stand-in-paper-[0-9a-f]{12}-3$/);
});

test("readJob(data) takes what the queue should hold and refuses the rest", () => {
  const identity = { ...identityOf(replicate(0)), settings: { initial: 150, budget: 10, batchBudget: 5, methods: ["RA"] } };
  assert.deepEqual(readJob({ identity, replicate: 2 }).task.methods, ["RA"]);
  const wrong: unknown[] = [null, 3, {}, { identity }, { identity, replicate: -1 }, { identity, replicate: 1.5 }, { identity, replicate: "1" }];
  const fields = [{ study: "../x" }, { study: 1 }, { fidelity: "other" }, { seed: {} }, { standIn: 1 }, { settings: { methods: "RA" } }, { settings: { methods: ["none"] } }, { settings: null }];
  for (const data of [...wrong, ...fields.map((field) => ({ identity: { ...identity, ...field }, replicate: 1 }))]) assert.throws(() => readJob(data), InputError, JSON.stringify(data));
});

test("packRecord(text) and unpackRecord(sent) bring a record through the queue, of bounded size", () => {
  const text = outcomeText(replicate(1));
  assert.equal(unpackRecord(packRecord(text)), text);
  assert.equal(unpackRecord({ inFolder: true }), undefined);
  assert.ok((packRecord(text) as { packed: string }).packed.length < text.length);
  const noise = Array.from({ length: 13 }, () => Buffer.from(Float64Array.from({ length: 2 ** 17 }, () => Math.random()).buffer).toString("latin1")).join("");
  assert.throws(() => packRecord(noise), /at most 16777216 characters, packed/);
  for (const sent of [undefined, null, 3, {}, { packed: 3 }, { packed: "no gzip" }, { packed: "A".repeat(2 ** 25) }]) assert.throws(() => unpackRecord(sent), InputError);
});

test("keepRecord(folder, text) writes what was asked for to the letter, and refuses a cut one and another's", () => {
  const text = outcomeText(replicate(4));
  const identity = identityOf(replicate(4));
  for (const cut of [text.slice(0, -20), text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1), ""]) assert.throws(() => keepRecord(folder, cut, identity, 4), InputError);
  assert.throws(() => keepRecord(folder, text, identity, 5), /expected replicate 5, got 4/);
  assert.throws(() => keepRecord(folder, text, { ...identity, seed: 8 }, 4), /with seed 8, got seed 7/);
  assert.deepEqual(readdirSync(folder), []);
  assert.deepEqual([keepRecord(folder, text, identity, 4), keepRecord(folder, text, identity, 4)], [true, false]);
  assert.equal(readFileSync(join(folder, replicateFile(4)), "utf8"), text);
});

test("recordVersion() is one word that stays the same for the same code", () => {
  assert.match(recordVersion(), /^\d+\.\d+\.\d+-[0-9a-f]{10}$/);
  assert.equal(recordVersion(), recordVersion());
});
