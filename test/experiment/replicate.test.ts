import assert from "node:assert/strict";
import { before, test } from "node:test";
import { loadDataset, outcomeText, parseOutcome, runName, runReplicate, studyNamed, type Dataset, type Study } from "almq";
import { baldSearch } from "../../lib/experiment/paperBald";
import { bald, classOffer, meanOverDraws, probabilities, questionBald, randomSource, type PoolView } from "almq";

const small: Study = { ...studyNamed("handwriting"), initial: 40, budget: 4, batchBudget: 2, fit: { epochs: 10, batchSize: 64, learningRate: 1e-3 } };
let data: Dataset;

before(async () => {
  data = await loadDataset("handwriting", { standIn: true, size: 300 });
});

test("runReplicate(study) makes the thirteen runs of the paper and Full, from one split and one first model", async () => {
  const { header, runs } = await runReplicate(small, data, 0, { fidelity: "paper", seed: 1 });
  assert.deepEqual(runs.map(runName), ["ALMQ+EE", "ALMQ", "BALD+EE", "BALD", "EN+EE", "EN", "VAR+EE", "VAR", "LC+EE", "LC", "RA+EE", "RA", "BADGE"]);
  for (const { records } of runs) {
    assert.deepEqual(records[0]!.test, runs[0]!.records[0]!.test, "every run starts from the same model");
    assert.ok(records.at(-1)!.spent <= 4 + 1e-6);
  }
  assert.ok(header.full!.testAccuracy! > 0 && header.standIn);
});

test("runReplicate(study) gives the same records for the same seed, bit for bit, and others for another", async () => {
  const text = async (replicate: number, seed: number) => outcomeText(await runReplicate(small, data, replicate, { fidelity: "corrected", seed }));
  const first = await text(2, 5);
  assert.equal(await text(2, 5), first);
  assert.notEqual(await text(3, 5), first);
  assert.notEqual(await text(2, 6), first);
  assert.equal(parseOutcome(first, "memory").loss, undefined);
});

test("runReplicate(study, { methods }) runs only those, and each as it runs among all", async () => {
  const all = await runReplicate(small, data, 1, { fidelity: "paper", seed: 1 });
  const some = await runReplicate(small, data, 1, { fidelity: "paper", seed: 1, methods: ["RA", "ALMQ+EE"] });
  assert.deepEqual(some.runs.map(runName), ["ALMQ+EE", "RA"]);
  for (const run of some.runs) {
    const among = all.runs.find((other) => runName(other) === runName(run))!;
    assert.deepEqual(run.records.map(({ question }) => question), among.records.map(({ question }) => question));
  }
});

test("baldSearch('corrected') takes the largest BALD; 'paper' a random sample, or the one whose 'is this class 0?' tells more", () => {
  const random = randomSource(4);
  const nested = Array.from({ length: 30 }, () => Array.from({ length: 5 }, () => [random.next(), random.next(), random.next()]));
  const values = nested.flatMap((draws) => [0, 1, 2].flatMap((l) => draws.map((row) => row[l]! / (row[0]! + row[1]! + row[2]!))));
  const draws = probabilities(Float64Array.from(values), { samples: 30, classes: 3, draws: 5 });
  const mean = meanOverDraws(draws);
  const view = { logits: new Float32Array(90), plain: mean, draws, mean, embedding: { values: new Float32Array(30), width: 1 }, answered: [], part: () => assert.fail() } satisfies PoolView;
  const everyone = Int32Array.from({ length: 30 }, (_, i) => i);
  const offer = classOffer({ cost: 1, threshold: -1 });
  const ofClasses = bald(draws, { smoothing: 1e-5 });
  assert.equal(baldSearch("corrected")(view, offer, everyone, random)!.value, Math.max(...ofClasses));
  const challenge = Math.max(...Array.from(everyone, (sample) => questionBald(draws, { kind: "all", class: 0, samples: [sample] }, { smoothing: 1e-5 })));
  const picked = Array.from({ length: 40 }, () => baldSearch("paper")(view, offer, everyone, random)!);
  assert.ok(picked.every(({ value, question }) => value === challenge || (value === ofClasses[question.samples[0]!] && value >= challenge)));
  assert.ok(new Set(picked.map(({ question }) => question.samples[0])).size > 1);
});
