import assert from "node:assert/strict";
import { before, test } from "node:test";
import { abstainingOracle, activeLearning, almqStrategy, badgeStrategy, floatSamples, inMemory, labeled, labelOracle, labelStrategy, loadDataset, logistic, randomInitialSet, randomSource, split, standardize, atRandom, fitAlone, timedOracle, type Answer, type LearnedBatch, type Run, type RunOutcome, type Trainer } from "almq";
import { startBudget } from "../../lib/loop/budget";

const costs = { all: [0.27, 0.32, 0.34], any: [0.28, 0.29] } as const;
const fit = { epochs: 15, batchSize: 64, learningRate: 5e-3, fidelity: "paper" } as const;
let digits: Pick<Run, "pool" | "labels" | "test" | "oracle" | "initial">;

before(async () => {
  const data = await loadDataset("handwriting", { standIn: true, size: 400 });
  const { pool, test } = split(data, { testShare: 0.25, random: randomSource(1) });
  const scaled = (samples: typeof pool.samples) => inMemory(standardize(samples, pool.samples));
  const initial = randomInitialSet(pool.labels, 30, randomSource(2)).map((sample) => labeled(sample, pool.labels[sample]!));
  digits = { pool: scaled(pool.samples), labels: pool.labels, test: { ...test, samples: scaled(test.samples) }, oracle: labelOracle(pool.labels, 10), initial };
});

function run(change: Partial<Run> = {}): Promise<RunOutcome> {
  const random = randomSource(7);
  const classifier = logistic({ inputs: 64, classes: 10, random: random.split("weights") });
  return activeLearning({ ...digits, classifier, strategy: almqStrategy(costs, "paper"), budget: 6, batchBudget: 2, exploration: {}, fit, random, ...change });
}

test("activeLearning(run) spends its budget and no more, shows no sample twice, and answers truly", async () => {
  const { records } = await run();
  const shown = records.flatMap(({ question }) => question?.samples ?? []);
  assert.equal(new Set(shown).size, shown.length);
  assert.ok(shown.every((sample) => digits.initial.every(({ question }) => question.samples[0] !== sample)));
  const spent = records.at(-1)!.spent;
  assert.ok(spent <= 6 + 1e-6 && spent + 0.27 > 6 + 1e-6, `spent ${spent}`);
  for (const { question, answer } of records.slice(1))
    assert.deepEqual(await digits.oracle.ask([question!]), [{ answer }]);
});

test("activeLearning(run) gives the same records for the same seed, bit for bit", async () => {
  assert.deepEqual(await run(), await run());
  assert.notDeepEqual(await run(), await run({ random: randomSource(8) }));
});

test("activeLearning(run) refits when one more question would pass the batch budget, and carries the numbers in between", async () => {
  const { records } = await run({ strategy: labelStrategy("RA", 0, atRandom) });
  assert.deepEqual(records.map(({ spent }) => spent), [0, 1, 2, 3, 4, 5, 6]);
  const accuracies = records.map(({ pool }) => pool.crossEntropy);
  assert.equal(accuracies[0], accuracies[1], "the first question of a batch was asked of the old model");
  assert.notEqual(accuracies[1], accuracies[2], "the second completes the batch");
});

test("activeLearning(run) with BADGE asks batches, and all of a batch carries the refitted model's numbers", async () => {
  const { records } = await run({ strategy: badgeStrategy(), budget: 5, batchBudget: 2 });
  assert.deepEqual(records.map(({ spent }) => spent), [0, 1, 2, 3, 4, 5]);
  const numbers = records.map(({ pool }) => pool.crossEntropy);
  assert.equal(numbers[1], numbers[2]);
  assert.notEqual(numbers[0], numbers[1]);
});

test("activeLearning(run) learns: the stand-in digits are known better after the budget than before", async () => {
  const { records } = await run({ budget: 30, batchBudget: 5, fit: { ...fit, epochs: 60 } });
  assert.ok(records.at(-1)!.test!.accuracy > records[0]!.test!.accuracy, `${records[0]!.test!.accuracy} → ${records.at(-1)!.test!.accuracy}`);
});

test("activeLearning(run) learns nothing from an oracle that cannot tell, but pays", async () => {
  const oracle = { ask: (questions: readonly unknown[]) => Promise.resolve(questions.map(() => ({ answer: "cannot tell" as const }))) };
  const learnedFrom: number[] = [];
  const trainer: Trainer = { fit: (request) => (learnedFrom.push(request.observations.length), fitAlone.fit(request)) };
  const { records } = await run({ oracle, trainer });
  assert.ok(learnedFrom.length > 1 && learnedFrom.every((count) => count === 30), `fitted to ${learnedFrom} observations`);
  assert.ok(records.at(-1)!.spent > 5.7);
  assert.ok(records.slice(1).every(({ answer }) => answer === "cannot tell"));
});

test("activeLearning(run) refuses an answer of the wrong kind", async () => {
  const always = (answer: Answer) => ({ ask: (questions: readonly unknown[]) => Promise.resolve(questions.map(() => ({ answer }))) });
  const labels = labelStrategy("RA", 0, atRandom);
  await assert.rejects(run({ strategy: labels, oracle: always("yes") }), /activeLearning: expected a class from 0 to 9 as the answer, got yes/);
  await assert.rejects(run({ strategy: labels, oracle: { ask: () => Promise.resolve([]) } }), /activeLearning: expected 2 replies, got 0 at the oracle/);
});

test("activeLearning(run) refuses a run that cannot be as described, before anything is asked", async () => {
  const refused = (change: Partial<Run>, message: RegExp) => assert.rejects(run({ ...change, oracle: { ask: () => assert.fail("asked") } }), message);
  const strategy = almqStrategy(costs, "paper");
  await refused({ budget: 0 }, /activeLearning: expected a finite budget above 0, got 0/);
  await refused({ budget: -1 }, /activeLearning: expected a finite budget above 0, got -1/);
  await refused({ batchBudget: NaN }, /activeLearning: expected a finite batch budget above 0, got NaN/);
  await refused({ strategy: { ...strategy, offers: [] } }, /activeLearning: expected at least one question on offer, got 0/);
  await refused({ strategy: { ...strategy, offers: [{ kind: "any", size: 301, cost: 1, threshold: 0 }] } }, /expected questions of 1 to 300 samples, the size of the pool, got 301 at the any question/);
  await refused({ strategy: { ...strategy, offers: [{ kind: "any", size: 2, cost: NaN, threshold: 0 }] } }, /expected finite costs above 0, got NaN at the any question/);
  const { searchYesNo: _, ...labelsOnly } = strategy;
  await refused({ strategy: labelsOnly }, /expected a strategy that can search all questions, got "ALMQ", which cannot/);
  await refused({ initial: Array.from({ length: 301 }, (_, i) => labeled(i, 0)) }, /expected 1 to 300 initial samples, the size of the pool, got 301/);
  await refused({ initial: [] }, /expected 1 to 300 initial samples, the size of the pool, got 0/);
  await refused({ initial: [labeled(3, 1), labeled(3, 1)] }, /expected different initial samples/);
  await refused({ initial: [labeled(0, 10)] }, /expected a class from 0 to 9 as the answer, got 10 at sample 0/);
  await refused({ labels: digits.labels.map((label, i) => (i === 5 ? 12 : label)) }, /expected classes from 0 to 9, got 12 at sample 5 of the pool/);
  await refused({ pool: floatSamples(new Float32Array(64), [64]) }, /activeLearning: expected/);
});

test("startBudget(total, batch, offers) counts decimals as decimals", () => {
  const offer = { kind: "all", size: 1, cost: 0.1, threshold: 0 } as const;
  const budget = startBudget(0.3, 0.2, [offer]);
  const seen = [1, 2, 3].map(() => {
    budget.pay(offer);
    return [budget.spent, budget.refitDue, budget.done];
  });
  assert.deepEqual(seen, [[0.1, false, false], [0.2, true, false], [0.3, true, true]]);
});

test("activeLearning(run) shows what the oracle could not tell again, but not in the same kind of question", async () => {
  const truth = labelOracle(digits.labels, 10);
  const { records } = await run({ oracle: abstainingOracle(truth, 0.5, randomSource(3)), budget: 12 });
  const told = new Set(digits.initial.flatMap(({ question }) => question.samples));
  const untold = new Map<string, Set<number>>();
  let again = 0;
  for (const { question, answer } of records.slice(1)) {
    const before = untold.get(question!.kind) ?? new Set();
    for (const sample of question!.samples) {
      assert.ok(!told.has(sample), `sample ${sample} was answered and is asked again`);
      assert.ok(!before.has(sample), `sample ${sample} is asked again in ${question!.kind}`);
      if ([...untold.values()].some((samples) => samples.has(sample))) again++;
    }
    for (const sample of question!.samples) answer === "cannot tell" ? before.add(sample) : told.add(sample);
    untold.set(question!.kind, before);
  }
  assert.ok(records.some(({ answer }) => answer === "cannot tell") && again > 0, `${again} shown again`);
});

test("activeLearning(run) without labels asks the same questions, and knows how certain it is", async () => {
  const { labels, ...open } = digits;
  const random = () => randomSource(7);
  const classifier = () => logistic({ inputs: 64, classes: 10, random: random().split("weights") });
  const settings = { strategy: almqStrategy(costs, "paper"), budget: 6, batchBudget: 2, exploration: {}, fit };
  const measured = await activeLearning({ ...open, ...settings, labels, classifier: classifier(), random: random() });
  const unmeasured = await activeLearning({ ...open, ...settings, classifier: classifier(), random: random() });
  assert.deepEqual(
    unmeasured.records,
    measured.records.map(({ pool: { entropy, variance, leastConfidence }, ...record }) => ({ ...record, pool: { entropy, variance, leastConfidence } })),
  );
});

test("activeLearning(run) with measured costs asks more of what is quick, and tells the costs after every batch", async () => {
  const oracle = (quick: "class" | "all") => timedOracle(digits.oracle, ({ kind }) => (kind === quick ? 0.5 : 20), 0, randomSource(1));
  const asked = async (quick: "class" | "all") => {
    const seen: LearnedBatch[] = [];
    const { records } = await run({ oracle: oracle(quick), costs: "measured", budget: 15, onBatch: (batch) => void seen.push(batch) });
    assert.equal(seen.flatMap((batch) => batch.asked).length, records.length - 1);
    assert.ok(seen.at(-1)!.costs.some(({ answers }) => answers > 0));
    return records.filter(({ question }) => question?.kind === "class").length / records.length;
  };
  assert.ok((await asked("class")) > (await asked("all")));
});

test("activeLearning(run) tells what the model expected before it learned, and stops when it is told to", async () => {
  const batches: LearnedBatch[] = [];
  const { records } = await run({ onBatch: (batch) => (batches.push(batch), batch.round === 2 ? "stop" : undefined) });
  assert.equal(batches.length, 2);
  assert.equal(records.length - 1, batches.flatMap(({ asked }) => asked).length);
  assert.ok(batches.every(({ asked }) => asked.every(({ question, expected }) => (question.kind === "class") === (typeof expected === "number"))));
  assert.ok(records.at(-1)!.spent < 5);
});
