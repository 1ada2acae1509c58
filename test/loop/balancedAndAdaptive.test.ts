import assert from "node:assert/strict";
import { test } from "node:test";
import {
  activeLearning, atRandom, balancedBatch, byUtility, classOffer, concatenate, domainAdaptive, entropy, floatSamples, labeled, labelOracle, labelsPerClass, labelStrategy,
  leastConfidence, logistic, probabilities, randomSource, topK, type PoolView, type RunOutcome, type Samples, type Strategy,
} from "almq"; // prettier-ignore

const random = randomSource(5);
const fit = { epochs: 80, batchSize: 64, learningRate: 0.05, fidelity: "corrected" } as const;

/** Points around a centre. */
function cloud(count: number, centre: readonly [number, number], draws = random.split(`${centre}`)): Samples {
  return floatSamples(Float32Array.from({ length: 2 * count }, (_, at) => centre[at % 2]! + draws.normal()), [2]);
}

function runOn(pool: Samples, labels: Int32Array, classes: number, initial: readonly number[], strategy: Strategy, budget: number): Promise<RunOutcome> {
  const classifier = logistic({ inputs: 2, classes, dropout: 0, random: randomSource(1) });
  const known = initial.map((sample) => labeled(sample, labels[sample]!));
  return activeLearning({ pool, labels, classifier, oracle: labelOracle(labels, classes), strategy, initial: known, budget, batchBudget: 5, fit, random: randomSource(2) });
}

const askedSamples = (run: RunOutcome) => run.records.slice(1).map(({ question }) => question!.samples[0]!);

test("labelsPerClass(answered, classes) counts labels and yes to All, and nothing that says less", () => {
  const all = { kind: "all", class: 2, samples: [1, 5] } as const;
  const any = { kind: "any", class: 2, samples: [3, 4] } as const;
  const answered = [labeled(0, 1), { question: all, answer: "yes" }, { question: { ...all, samples: [7, 8] }, answer: "no" }, { question: any, answer: "yes" }, { question: any, answer: "no" }] as const;
  assert.deepEqual(labelsPerClass(answered, 3), Int32Array.of(0, 1, 2));
  assert.deepEqual(labelsPerClass([], 2), Int32Array.of(0, 0));
});

test("activeLearning(run) with balancedBatch asks for more of the rare class than the most uncertain ones do", async () => {
  const pool = concatenate([cloud(400, [0, 0]), cloud(400, [1.5, 0]), cloud(20, [0, 5])]);
  const labels = Int32Array.from({ length: 820 }, (_, i) => (i < 400 ? 0 : i < 800 ? 1 : 2));
  const initial = [0, 1, 2, 3, 400, 401, 402, 403, 800, 801];
  const strategy = (name: string, searchBatch: NonNullable<Strategy["searchBatch"]>): Strategy => ({ name, offers: [classOffer({ cost: 1, threshold: -1 })], draws: 0, searchBatch });
  const top = strategy("top", ({ plain }, candidates, batchSize, draws) => topK(leastConfidence(plain), { batchSize, candidates }, draws));
  const rare = (run: RunOutcome) => askedSamples(run).filter((sample) => labels[sample] === 2).length;
  const balanced = rare(await runOn(pool, labels, 3, initial, strategy("balanced", balancedBatch((p) => leastConfidence(p))), 15));
  assert.ok(balanced > rare(await runOn(pool, labels, 3, initial, top, 15)), `${balanced}`);
  assert.ok(balanced >= 5, "a third of the places are the poorest class's");
});

test("activeLearning(run) with domainAdaptive asks where nothing is known", async () => {
  const pool = concatenate([cloud(60, [0, 0]), cloud(60, [0, 2]), cloud(150, [0, 1]), cloud(30, [6, 1])]); // labeled, labeled, the same again, another domain
  const labels = Int32Array.from({ length: 300 }, (_, i) => (i < 60 ? 0 : i < 120 ? 1 : i % 2));
  const initial = Array.from({ length: 120 }, (_, i) => i);
  const elsewhere = (run: RunOutcome) => askedSamples(run).filter((sample) => sample >= 270).length;
  const adaptive = elsewhere(await runOn(pool, labels, 2, initial, labelStrategy("DA", 0, byUtility(domainAdaptive((p) => entropy(p)))), 10));
  const plain = elsewhere(await runOn(pool, labels, 2, initial, labelStrategy("EN", 0, byUtility((p) => entropy(p))), 10));
  const anywhere = elsewhere(await runOn(pool, labels, 2, initial, labelStrategy("RA", 0, atRandom), 10));
  assert.ok(adaptive > plain && adaptive > anywhere, `${adaptive} against ${plain} and ${anywhere}`);
});

test("domainAdaptive(utility, { power }) leaves utilities as they are with power 0, weighs the far more, and gives what is known 0", () => {
  const p = probabilities(new Float64Array(8).fill(0.5), { samples: 4, classes: 2 });
  const view = { logits: new Float32Array(8), plain: p, draws: p, mean: p, embedding: { values: Float32Array.of(0, 0.5, 1, 9), width: 1 }, answered: [labeled(0, 0), labeled(1, 1)], part: () => assert.fail() } satisfies PoolView;
  const utility = () => [1, 1, 1, 1];
  assert.deepEqual(domainAdaptive(utility, { power: 0 })(p, view), Float64Array.of(0, 0, 1, 1));
  const [, , near, far] = domainAdaptive(utility)(p, view);
  assert.ok(far! > near! && near! > 0);
  assert.throws(() => domainAdaptive(utility)(p, { ...view, answered: [] }), /domainAdaptive: expected asked and unasked samples in the pool, got 0 and 4/);
});
