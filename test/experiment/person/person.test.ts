import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { floatSamples, labelOracle, noisyOracle, person, personRun, randomSource, type OpenRecord } from "almq";
import { temporaryFolder } from "../../dataset/temporaryFolder";
import { readAndAnswer } from "./reader";
import { digitSession } from "./session";

/** `npm run test:services` takes 20. */
const turns = Number(process.env.ALMQ_TURNS ?? 2);

const quiet = (context: { mock: { method(of: Console, name: "log", by: () => void): void } }) => context.mock.method(console, "log", () => {});

test("person(options) leaves the records that known labels leave, with the same seed and costs", async (context) => {
  quiet(context);
  const { options, labels } = await digitSession();
  const truth = await personRun(options, labelOracle(labels, 10)).start();
  const session = person(options);
  const answered = await readAndAnswer(await session.opened, labels, options.classes);
  const { outcome, by, stopped } = await session.ended;
  assert.deepEqual(outcome, truth);
  assert.equal(answered, truth.records.length - 1 + 12);
  assert.deepEqual([by, stopped], ["person", false]);
  assert.ok(new Set(truth.records.map(({ question }) => question?.kind)).size >= 3, "several kinds were asked");
});

test("personRun(options) begins with half of a pool of three, and refuses a budget that is none before anything is asked", async () => {
  const options = { pool: floatSamples(Float32Array.of(0, 0, 1, 1, 2, 2), [2]), classes: ["left", "right"] };
  const run = personRun({ ...options, budget: 0.5 }, labelOracle(Int32Array.of(0, 1, 1), 2));
  await run.start();
  assert.deepEqual(run.answered.slice(0, 2).map(({ question }) => question.kind), ["class", "class"]);
  for (const budget of [0, -1, NaN, Infinity]) {
    assert.throws(() => personRun({ ...options, budget }, labelOracle(Int32Array.of(0, 1, 1), 2)), /person: expected a finite budget above 0/);
    assert.throws(() => personRun({ ...options, batchBudget: budget }, labelOracle(Int32Array.of(0, 1, 1), 2)), /person: expected a finite budget above 0/);
  }
});

test("person(options) killed at a random answer and started again loses no answer and asks none twice", { timeout: 540_000 }, async (context) => {
  const { options, labels } = await digitSession();
  const truth = await personRun(options, labelOracle(labels, 10)).start();
  const total = truth.records.length - 1 + 12;
  const random = randomSource("kill");
  const folder = temporaryFolder(context);
  for (let turn = 0; turn < turns; turn++) {
    const answers = join(folder, `${turn}.jsonl`);
    const before = await spell(answers, join(folder, `${turn}-a`), labels, options.classes, 1 + random.integer(total - 1));
    const after = await spell(answers, join(folder, `${turn}-b`), labels, options.classes);
    assert.equal(before.answered + after.answered, total, `turn ${turn}`);
    assert.deepEqual(after.records, JSON.parse(JSON.stringify(truth.records)), `turn ${turn}`);
    const lines = readFileSync(answers, "utf8").trimEnd().split("\n").slice(1).map((line) => JSON.stringify((JSON.parse(line) as { question: object }).question));
    assert.equal(lines.length, total);
    assert.equal(new Set(lines).size, total, "no question twice");
    rmSync(answers);
  }
});

/** Runs a session in a process of its own; with a limit, it is killed right after that many answers. */
async function spell(answers: string, told: string, labels: Int32Array, classes: readonly string[], limit?: number): Promise<{ answered: number; records: OpenRecord[] }> {
  const child = spawn(process.execPath, [join(__dirname, "session.js"), answers, told], { stdio: "ignore" });
  const gone = new Promise((resolve) => child.on("exit", resolve));
  while (!existsSync(told) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  const answered = await readAndAnswer(readFileSync(told, "utf8"), labels, classes, limit);
  if (limit !== undefined) child.kill("SIGKILL");
  await gone;
  const file = `${told}.records`;
  return { answered, records: existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as OpenRecord[]) : [] };
}

test("person(options) is answered by whoever is named when nobody opens the page, and says so", async (context) => {
  quiet(context);
  const { options, labels } = await digitSession(3);
  const session = person({ ...options, absent: { oracle: labelOracle(labels, 10), seconds: 0.05 } });
  const { by, records } = await session.ended;
  assert.equal(by, "absent");
  assert.ok(records.length > 3);
});

test("session.stop() ends it: what was answered is kept", async (context) => {
  quiet(context);
  const { options, labels } = await digitSession();
  const session = person(options);
  const reading = readAndAnswer(await session.opened, labels, options.classes, 20);
  await reading;
  const { stopped, outcome, records } = await session.stop();
  assert.equal(stopped, true);
  assert.equal(outcome, undefined);
  assert.ok(records.length >= 1);
});

test("personRun(options) offers to stop when the answers are as expected, and goes on when she says so", async () => {
  const random = randomSource("two heaps");
  const labels = Int32Array.from({ length: 200 }, (_, i) => i % 2);
  const pool = floatSamples(Float32Array.from({ length: 400 }, (_, i) => (labels[i >> 1] ? 3 : -3) + random.normal()), [2]);
  const offers: string[] = [];
  const answers = [false, true];
  const desk = { offerToStop: (words: string) => (offers.push(words), Promise.resolve(answers[offers.length - 1]!)) };
  const run = personRun({ pool, classes: ["left", "right"], budget: 60, offerToStop: true }, labelOracle(labels, 2), desk);
  const { records, stopped } = await run.start();
  assert.equal(stopped.because, "you said stop");
  assert.equal(offers.length, 2, `${offers}`);
  assert.match(offers[0]!, /The model expected (18|19|20) of the last 20 answers, and the model is (9\d|100) % sure of what was not asked at the mean\./);
  assert.ok(records.at(-1)!.spent < 59);
  assert.ok(run.progress().points.every(({ expected }) => expected === undefined || (expected >= 0 && expected <= 1)));
});

test("personRun(options) begins again with other samples when the first could not be told, and refuses to learn from nothing", async () => {
  const { options, labels } = await digitSession(2);
  const truth = noisyOracle(labelOracle(labels, 10), 0, 10, randomSource(1));
  let first = true;
  const shy = { ask: async (questions: Parameters<typeof truth.ask>[0]) => (first ? ((first = false), questions.map(() => ({ answer: "cannot tell" as const }))) : truth.ask(questions)) };
  const run = personRun(options, shy);
  await run.start();
  assert.equal(run.answered.slice(0, 12).every(({ answer }) => answer === "cannot tell"), true);
  assert.equal(run.answered.slice(12, 24).every(({ answer }) => typeof answer === "number"), true);
  const never = { ask: (questions: readonly unknown[]) => Promise.resolve(questions.map(() => ({ answer: "cannot tell" as const }))) };
  await assert.rejects(personRun(options, never).start(), /person: expected a class of at least one sample, got none/);
});

test("person(options) refuses classes that cannot be put to anyone, before anything is opened", async () => {
  const { options } = await digitSession();
  const refused = (classes: readonly string[], message: RegExp) => assert.throws(() => person({ ...options, classes }), message);
  refused(["one"], /person: expected 2 to 1000 classes, got 1/);
  refused(["a", "a"], /person: expected different classes, got a twice/);
  refused(["a", " "], /person: expected a name for every class, got an empty one at class 1/);
  refused(["a", "x".repeat(10_000)], /person: expected class names of at most 100 characters, got 10000 at class 1/);
});
