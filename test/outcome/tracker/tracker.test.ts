import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { InputError, learningCurve, mlflowTracker, randomSource, tensorBoardTracker, wandbFolder, type RunStart } from "almq";
import { tf } from "../../../lib/runtime/tensorflow";
import { studyKey } from "../../../lib/outcome/studyKey";
import { runRows } from "../../../lib/outcome/tracker/runRows";
import { syntheticReplicate } from "../syntheticStudy";
import { startMlflowStandIn } from "./mlflowStandIn";

const folder = mkdtempSync(join(tmpdir(), "almq-tracker-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const { header, runs } = syntheticReplicate(0, randomSource(1));
const rows = runRows(runs[0]!, header.settings.budget);
const study: RunStart = { key: "digits-paper-0123456789ab", name: "digits", params: { seed: 1, source: "made up" } };
const run: RunStart = { key: `${study.key}/replicate-00/ALMQ+EE`, name: "ALMQ+EE", parent: study.key, params: { method: "ALMQ" } };

test("runRows(run, budget) has the learning curve and the questions asked so far at every whole budget", () => {
  assert.deepEqual(rows.map(({ step }) => step), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(Float64Array.from(rows, ({ values }) => values.test_accuracy!), learningCurve(runs[0]!, 10));
  const { asked_Class = 0, asked_All2 = 0, asked_Any2 = 0 } = rows.at(-1)!.values;
  assert.equal(asked_Class + asked_All2 + asked_Any2, runs[0]!.records.length - 1);
  assert.equal(rows[0]!.values.asked_Class, 0);
  const open = { ...runs[0]!, records: runs[0]!.records.map(({ test, ...record }) => (void test, record)) };
  assert.equal("test_accuracy" in runRows(open, 10)[0]!.values, false);
});

test("studyKey(study) is one word, the same however the settings are ordered, and another for another seed", () => {
  const turned = { ...header, settings: Object.fromEntries(Object.entries(header.settings).reverse()) as unknown as typeof header.settings };
  assert.equal(studyKey(header), studyKey(turned));
  assert.notEqual(studyKey(header), studyKey({ ...header, seed: 8 }));
  assert.match(studyKey(header), /^synthetic-stand-in-paper-[0-9a-f]{12}$/);
});

test("mlflowTracker(url) told everything again, after a failure at any request, has every run and every point once", async (context) => {
  const server = await startMlflowStandIn();
  context.after(() => server.stop());
  const tellAll = async () => {
    const tracker = mlflowTracker(server.url);
    const there = await tracker.finished(study.key);
    const parent = await tracker.start(study);
    if (!there.has(run.key)) {
      const told = await tracker.start(run);
      await told.metrics(rows);
      await told.end();
    }
    await parent.file("curves.csv", Buffer.from("a,b\n"), "text/csv");
    await parent.end();
  };
  await tellAll();
  const [whole, requests] = [server.contents(), server.requests()];
  assert.equal(whole.runs.length, 2);
  assert.ok(requests > 8);
  for (const when of ["before", "after"] as const) // the server does what it is asked, or does not, and the answer is lost
    for (let at = 1; at <= requests; at++) {
      server.empty();
      server.failAt(at, when);
      await assert.rejects(tellAll(), /a connection that broke/, `${when} request ${at}`);
      await tellAll();
      assert.deepEqual(server.contents(), whole, `${when} request ${at}`);
    }
});

test("mlflowTracker(url) sends at most 1000 metrics at once, all of them", async (context) => {
  const server = await startMlflowStandIn();
  context.after(() => server.stop());
  const tracker = mlflowTracker(server.url);
  await tracker.finished(study.key);
  await (await tracker.start(study)).metrics(Array.from({ length: 1700 }, (_, step) => ({ step, values: { one: step, two: -step } })));
  assert.equal(server.contents().runs[0]!.points.length, 3400);
  assert.equal(server.largestBatch(), 1000);
});

test("mlflowTracker(url) refuses what is no address, a file's name that leads elsewhere, and a run before its study; no password is shown", async (context) => {
  for (const url of ["", "localhost:5000", "ftp://host", "host"]) assert.throws(() => mlflowTracker(url), InputError, url);
  const server = await startMlflowStandIn();
  context.after(() => server.stop());
  const tracker = mlflowTracker(server.url.replace("//", "//me:secret@"));
  assert.ok(!tracker.name.includes("secret"));
  await tracker.finished(study.key);
  await assert.rejects(tracker.start(run), /the study to be begun before what belongs to it/);
  const parent = await tracker.start(study);
  assert.equal(server.authorization(), `Basic ${Buffer.from("me:secret").toString("base64")}`);
  for (const name of ["../x.csv", "a/b.csv", "/etc/passwd", "..", "x"]) await assert.rejects(parent.file(name, Buffer.from(""), "text/csv"), /the plain name of a file/, name);
});

test("tensorBoardTracker(folder) writes a run's folder once and whole, beside what a killed call left, and keeps no tensors", async () => {
  const logs = join(folder, "logs");
  const tracker = tensorBoardTracker(logs);
  const half = join(logs, `${run.key}.part`);
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, "events.half"), "x");
  assert.deepEqual(await tracker.finished(study.key), new Set());
  const before = tf.memory().numTensors;
  for (let call = 0; call < 2; call++) {
    const told = await tracker.start(run);
    await told.metrics(rows);
    await told.file("curves.csv", Buffer.from(""), "text/csv");
    assert.equal(existsSync(join(logs, run.key)), call === 1);
    await told.end();
  }
  assert.equal(tf.memory().numTensors, before);
  assert.equal(readdirSync(join(logs, run.key)).length, 1);
  assert.equal(existsSync(half), false);
  assert.deepEqual(await tracker.finished(study.key), new Set([run.key]));
});

test("wandbFolder(folder) keeps one file for each run, with what W&B's client is to be told, and files beside", async () => {
  const place = join(folder, "wandb");
  const tracker = wandbFolder(place);
  for (let call = 0; call < 2; call++) {
    const told = await tracker.start(run);
    await told.metrics(rows);
    await told.file("curves.csv", Buffer.from("a,b\n"), "text/csv");
    await told.end();
  }
  const [name, ...others] = readdirSync(join(place, "runs"));
  assert.deepEqual(others, []);
  const kept = JSON.parse(readFileSync(join(place, "runs", name!), "utf8")) as { rows: unknown; group: string; id: string; files: string[] };
  assert.deepEqual([kept.rows, kept.group, kept.files], [rows, study.key, ["curves.csv"]]);
  assert.equal(readFileSync(join(place, "files", kept.id, "curves.csv"), "utf8"), "a,b\n");
  assert.deepEqual(await tracker.finished(study.key), new Set([run.key]));
  assert.deepEqual(await tracker.finished("another"), new Set());
});

test("tensorBoardTracker and wandbFolder refuse a folder that is none, and keys that lead out of it", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  for (const tracker of [tensorBoardTracker, wandbFolder]) assert.throws(() => tracker(join(file, "logs")), InputError);
  for (const key of ["../x", "a/../../b", "/etc", "a//b", ".hidden"]) await assert.rejects(tensorBoardTracker(folder).finished(key), InputError, key);
});
