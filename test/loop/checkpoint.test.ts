import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { abstainingOracle, activeLearning, ann, almqStrategy, anyOf, badgeStrategy, checkpointFile, inMemory, labeled, labelOracle, labelStrategy, loadDataset, logistic, maxTime, plateau, atRandom, randomInitialSet, randomSource, split, stablePredictions, standardize, timedOracle, type Checkpoint, type Ended, type Run, type RunOutcome, type RunState } from "almq";

const folder = mkdtempSync(join(tmpdir(), "almq-checkpoint-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const fit = { epochs: 8, batchSize: 32, learningRate: 5e-3, fidelity: "corrected" } as const;
const almq = almqStrategy({ all: [0.27, 0.32, 0.34], any: [0.28, 0.29] }, "paper");
let digits: Pick<Run, "pool" | "labels" | "test" | "initial">;

before(async () => {
  const data = await loadDataset("handwriting", { standIn: true, size: 300 });
  const { pool, test } = split(data, { testShare: 0.25, random: randomSource(1) });
  const scaled = (samples: typeof pool.samples) => inMemory(standardize(samples, pool.samples));
  const initial = randomInitialSet(pool.labels, 30, randomSource(2)).map((sample) => labeled(sample, pool.labels[sample]!));
  digits = { pool: scaled(pool.samples), labels: pool.labels, test: { ...test, samples: scaled(test.samples) }, initial };
});

/** What a process would begin with: nothing of an earlier one. */
function run(change: Partial<Run> = {}): Promise<Ended<RunOutcome>> {
  const random = randomSource(7);
  const classifier = logistic({ inputs: 64, classes: 10, dropout: 0.2, random: random.split("weights") });
  const oracle = labelOracle(digits.labels, 10);
  return activeLearning({ ...digits, classifier, oracle, strategy: almq, budget: 5, batchBudget: 1, exploration: {}, fit, random, ...change });
}

/** Dies behind so many rounds. */
function dying(checkpoint: Checkpoint<RunState>, rounds: number): Checkpoint<RunState> {
  let left = rounds;
  const write = (state: RunState) => {
    checkpoint.write(state);
    if (left-- === 0) throw new Error("killed");
  };
  return { read: () => checkpoint.read(), write };
}

const slowAndUnsure = () => timedOracle(abstainingOracle(labelOracle(digits.labels, 10), 0.2, randomSource(3)), ({ kind }) => (kind === "class" ? 2 : 9), 0.3, randomSource(4));
const cases: Readonly<Record<string, () => Partial<Run>>> = {
  "ALMQ with exploration": () => ({}),
  "ALMQ with costs measured from an oracle that is slow and cannot always tell": () => ({ costs: "measured", oracle: slowAndUnsure(), budget: 8 }),
  "ALMQ under stopping rules that look back": () => ({ stopWhen: anyOf(plateau({ rounds: 3 }), stablePredictions({ rounds: 2 }), maxTime({ seconds: 60, of: "answers" })), oracle: slowAndUnsure() }),
  "labels at random, to a small neural network": () => ({ strategy: labelStrategy("RA", 0, atRandom), classifier: ann({ inputs: 64, classes: 10, hidden: 16, dropout: 0.2, random: randomSource(9) }) }),
  "BADGE, in batches": () => ({ strategy: badgeStrategy(), batchBudget: 2 }),
};
for (const [name, change] of Object.entries(cases))
  test(`activeLearning({ checkpoint }) stopped behind every single round goes on to the records of an undisturbed run: ${name}`, async () => {
    const undisturbed = await run(change());
    let stops = 0;
    for (let rounds = 0; ; rounds++) {
      const file = checkpointFile<RunState>(join(folder, `${name} ${rounds}`));
      const died = await run({ ...change(), checkpoint: dying(file, rounds) }).then(() => false, (error: Error) => error.message === "killed");
      const asked = file.read()!.records.length - 1;
      let questions = 0;
      const oracle = change().oracle ?? labelOracle(digits.labels, 10);
      const counting = { ask: (batch: Parameters<typeof oracle.ask>[0]) => ((questions += batch.length), oracle.ask(batch)) };
      assert.deepEqual(await run({ ...change(), oracle: counting, checkpoint: file }), undisturbed, `stopped behind round ${rounds}`);
      assert.equal(questions, undisturbed.records.length - 1 - asked, "nothing was asked twice");
      if (!died) break;
      stops++;
    }
    assert.ok(stops >= 3, `${stops} stops`);
  });

test("activeLearning({ checkpoint }) stopped behind each round anew, in one run, still ends with the same records", async () => {
  const file = checkpointFile<RunState>(join(folder, "again and again"));
  let lives = 1;
  while (!(await run({ checkpoint: dying(file, 0) }).then(() => true, () => false))) lives++;
  assert.ok(lives > 5);
  assert.deepEqual(await run({ checkpoint: file }), await run());
});

test("activeLearning({ checkpoint }) tells onRecord all records, and leaves the finished run's weights in the classifier", async () => {
  const file = checkpointFile<RunState>(join(folder, "finished"));
  const classifiers = [1, 2].map((seed) => logistic({ inputs: 64, classes: 10, random: randomSource(seed) }));
  const first = await run({ classifier: classifiers[0]!, checkpoint: file });
  const told: unknown[] = [];
  const fitAgain = () => assert.fail("fitted again");
  const again = await run({ classifier: classifiers[1]!, checkpoint: file, trainer: { fit: fitAgain }, oracle: { ask: () => assert.fail("asked again") }, onRecord: (record) => void told.push(record) });
  assert.deepEqual(again, first);
  assert.deepEqual(told, first.records);
  assert.deepEqual(classifiers[1]!.weights(), classifiers[0]!.weights());
});

test("activeLearning({ checkpoint }) refuses a checkpoint of another run, and says what differs", async () => {
  const file = checkpointFile<RunState>(join(folder, "other"));
  await run({ checkpoint: file });
  const refused = (change: Partial<Run>, message: RegExp) => assert.rejects(run({ ...change, checkpoint: file, oracle: { ask: () => assert.fail("asked") } }), message);
  await refused({ budget: 6 }, /^InputError: activeLearning: expected a checkpoint of this run, with budget 6, got budget 5 at the checkpoint; without it the run begins again$/);
  await refused({ fit: { ...fit, epochs: 9 } }, /with fit.epochs 9, got fit.epochs 8/);
  await refused({ random: randomSource(8) }, /with random "8", got random "7"/);
  await refused({ strategy: badgeStrategy() }, /with method "BADGE"/);
  await refused({ initial: digits.initial.slice(1) }, /pool.initial/);
  await refused({ pool: inMemory({ ...digits.pool, read: (indices, out) => (digits.pool.read(indices, out), void out.forEach((x, i) => (out[i] = 2 * x))) }) }, /with pool.initial/);
});

test("checkpointFile(path) gives back every bit, and leaves nothing but the file", () => {
  const place = join(folder, "bits");
  const file = checkpointFile<Record<string, unknown>>(join(place, "deep", "state"));
  assert.equal(file.read(), undefined);
  const state = { weights: { a: Float32Array.of(0.1, -0, NaN, Infinity, 1e-45), b: new Float32Array(0) }, classes: Int32Array.of(-1, 2 ** 31 - 1), numbers: [0.1 + 0.2, 5e-324], words: { float32: 3, int32: "x", other: null } };
  file.write({ old: true });
  file.write({ ...state, words: { float32: 3, other: null } });
  assert.deepEqual(file.read(), { ...state, words: { float32: 3, other: null } });
  assert.deepEqual(readdirSync(join(place, "deep")), ["state"]);
});

test("checkpointFile(path, of) refuses a damaged file, and the state of other work", () => {
  const path = join(folder, "damaged");
  checkpointFile(path, { study: "digits", replicate: 1 }).write({ round: 3 });
  assert.throws(() => checkpointFile(path, { study: "digits", replicate: 2 }).read(), /^InputError: checkpointFile: expected a checkpoint of the same work, with replicate 2, got replicate 1 at .*damaged; without it the work begins again$/);
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at++) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 1;
    writeFileSync(path, bytes);
    assert.throws(() => checkpointFile(path, { study: "digits", replicate: 1 }).read(), /expected a whole checkpoint/, `byte ${at}`);
    writeFileSync(path, whole.subarray(0, at));
    assert.throws(() => checkpointFile(path, { study: "digits", replicate: 1 }).read(), /expected a whole checkpoint/, `${at} bytes`);
  }
});
