import assert from "node:assert/strict";
import test from "node:test";
import { badge, bald, batchBald, coreSet, coverRadius, densityWeighted, domainImportance, entropy, expectedErrorReduction, expectedGradientLength, filterCost, gainTv, gradientDistances, informationDensity, jointMutualInformation, kMeans, kMeansRepresentatives, klToConsensus, leastConfidence, margin, meanStandardDeviation, powerBald, powerSampling, probabilities, questionBald, randomSource, ratioOfConfidence, streamTopK, topK, uncertaintyThenCluster, variance, variationRatio, voteEntropy } from "almq";

const draws = [[[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]];
const rows = [[3, 0], [0, 1], [2, 0]];

test("criteria refuse a misspelt option instead of taking the default", () => {
  assert.throws(() => voteEntropy(draws, { votes: "sfot" as "soft" }), /voteEntropy: expected votes of "hard" or "soft", got sfot/);
  assert.throws(() => klToConsensus(draws, { over: "mx" as "max" }), /klToConsensus: .* got mx/);
  assert.throws(() => expectedErrorReduction(draws, "draws", { loss: "lg" as "log" }), /expectedErrorReduction: .* got lg/);
  assert.throws(() => expectedErrorReduction(draws, "drws" as "draws"), /expectedErrorReduction: expected a refit, or "draws", got drws/);
  assert.throws(() => informationDensity(rows, { similarity: "cos" as "cosine" }), /informationDensity: .* got cos/);
  assert.throws(() => gainTv(draws, { kind: "some" as "any", class: 0, samples: [0] }), /gainTv: .* got some/);
  assert.throws(() => questionBald(draws, { kind: "all", class: 0, samples: [0] }, { smoothing: NaN }), /questionBald: .* got NaN/);
});

test("criteria refuse numbers whose squares overflow, and equations they cannot solve", () => {
  assert.throws(() => badge([[0.5, 0.5], [0.9, 0.1]], [[1e200], [1]], { batchSize: 2 }, randomSource(1)), /badge: expected features of magnitudes up to 1e138, got 1e\+200 at sample 0/);
  assert.throws(() => domainImportance([[1e8], [1e8 + 1], [1e8 + 2]], [[1e8 + 2], [1e8 + 3], [1e8 + 4]]), /positive definite/);
});

test("coreSet(features, { labeled, candidates }) never asks for a labeled sample, even where it is a candidate", () => {
  assert.deepEqual([...coreSet(rows, { batchSize: 1, labeled: [0], candidates: [0, 1] }, randomSource(1))], [1]);
});

test("gradientDistances(p, embedding, sample) and coverRadius(features, centres) refuse a sample that is none", () => {
  assert.throws(() => gradientDistances([[0.5, 0.5]], [[1]], 1), /gradientDistances: expected indices from 0 to 0, got 1/);
  assert.throws(() => coverRadius(rows, [3]), /coverRadius: expected indices from 0 to 2, got 3/);
  assert.throws(() => coverRadius(rows, []), /coverRadius: expected at least one centre, got 0/);
});

test("criteria speak in their own name, also where another function does the work", () => {
  assert.throws(() => uncertaintyThenCluster([1, -1, 1], rows, { batchSize: 1 }, randomSource(1)), /uncertaintyThenCluster: .* got -1 at sample 1/);
  assert.throws(() => uncertaintyThenCluster([1, NaN, 1], rows, { batchSize: 1, weighted: false }, randomSource(1)), /uncertaintyThenCluster: .* got .* at sample 1/);
  assert.throws(() => jointMutualInformation(draws, [0], { jointSamples: 0 }), /jointMutualInformation: expected at least one joint sample, got 0/);
  assert.throws(() => entropy(undefined as never), /entropy: expected probabilities \[sample, class\], got undefined/);
});

test("criteria refuse rows, options and switches that are none, each in its own name", () => {
  const none = undefined as never;
  assert.throws(() => entropy([[0.5, 0.5], null as never]), /entropy: expected a row of probabilities, got null at sample 1/);
  assert.throws(() => coreSet([[1], null as never], { batchSize: 1 }, randomSource(1)), /coreSet: expected a row of numbers, got null at sample 1/);
  assert.throws(() => coreSet(none, { batchSize: 1 }, randomSource(1)), /coreSet: expected features \[sample, width\], got undefined/);
  assert.throws(() => coreSet(rows, none, randomSource(1)), /coreSet: expected options, got undefined/);
  assert.throws(() => topK([1], none, randomSource(1)), /topK: expected options, got undefined/);
  assert.throws(() => topK([1, undefined as never], { batchSize: 1 }, randomSource(1)), /topK: expected utilities that are numbers, got undefined at sample 1/);
  assert.throws(() => topK(["1" as never], { batchSize: 1 }, randomSource(1)), /topK: expected utilities that are numbers/);
  for (const criterion of [margin, leastConfidence, ratioOfConfidence, entropy]) assert.throws(() => criterion([[0.5, 0.5]], { normalized: "yes" as never }), new RegExp(`${criterion.name}: expected normalized of true or false, got yes`));
  assert.throws(() => powerBald([[0.5, 0.5]], { batchSize: 1 }, randomSource(1)), /powerBald: expected at least two draws, got 1/);
  assert.throws(() => powerBald(draws, { batchSize: 3 }, randomSource(1)), /powerBald: expected a batch size of at most 2/);
  assert.throws(() => kMeansRepresentatives(rows, { batchSize: 1, weights: [1] }, randomSource(1)), /kMeansRepresentatives: expected a weight for each of 3 samples, got 1/);
  assert.throws(() => expectedErrorReduction(draws, "draws", { candidates: [] }), /expectedErrorReduction: expected at least one candidate, got 0/);
  assert.throws(() => streamTopK([[[0.5, 0.5]], [[0.2, 0.3, 0.5]]], entropy, { batchSize: 1 }, randomSource(1)), /streamTopK: expected blocks of 2 classes, got 3 at sample 1/);
});

test("densityWeighted and domainImportance refuse what grows beyond every number", () => {
  assert.throws(() => densityWeighted([1, 0], [1e200, 1e200], { power: 2 }), /densityWeighted: expected a density whose power stays finite, got 1e\+200 at sample 0/);
  assert.throws(() => domainImportance([[0], [1]], [[1], [1e6]], { penalty: 1e-3 }), /domainImportance: expected a target sample that the source could hold .* at target sample 1/);
});

test("bald, questionBald and klToConsensus are 0 where the draws agree to rounding, so that topK draws among such samples", () => {
  const row = (p: number) => [p, 1 - p].map((each) => new Array<number>(7).fill(each));
  const agreeing = Array.from({ length: 40 }, (_, i) => row((i + 1) / 41));
  for (const criterion of [bald, klToConsensus]) assert.deepEqual(new Set(criterion(agreeing)), new Set([0]), criterion.name);
  agreeing.forEach((_, sample) => assert.equal(questionBald(agreeing, { kind: "all", class: 0, samples: [sample] }), 0));
  const first = Array.from({ length: 30 }, (_, seed) => topK(bald(agreeing), { batchSize: 1 }, randomSource(seed))[0]!);
  assert.ok(new Set(first).size > 10, `30 seeds choose ${new Set(first).size} different samples`);
});

test("committees of 200,000 members are no trouble", () => {
  const many = [[new Array<number>(200_000).fill(0.25), new Array<number>(200_000).fill(0.75)]];
  assert.equal(klToConsensus(many, { over: "max" })[0], 0);
  assert.equal(variationRatio([Array.from({ length: 200_000 }, (_, l) => (l === 0 ? [1, 1] : [0, 0]))])[0], 0);
});

test("criteria stay within their bounds where rounding lifted a probability just above 1", () => {
  const p = probabilities(Float32Array.of(1.0000001, 0, 0.5, 0.5), { samples: 2, classes: 2 });
  for (const criterion of [leastConfidence, margin, entropy, variance]) assert.equal(criterion(p)[0], 0, criterion.name);
  assert.equal(margin(p, { normalized: false })[0], -1);
  assert.deepEqual([...powerSampling(leastConfidence(p), { batchSize: 1 }, randomSource(1))], [1]);
});

test("probabilities(values) refuses numbers that are in no typed array of floats", () => {
  for (const values of [[0.5, 0.5], Uint8Array.of(1, 0), undefined]) assert.throws(() => probabilities(values as never, { samples: 1, classes: 2 }), /probabilities: expected values in a Float32Array or Float64Array, got (an array|object|undefined)/);
});

test("gradientDistances(p, h, sample) and expectedGradientLength(p, h) keep their digits where sums cancel", () => {
  const far = gradientDistances([[0.6, 0.4], [0.6, 0.4]], [[1e6, 0], [1e6, 0.01]], 0)[1]!;
  assert.ok(Math.abs(far / (0.01 * Math.hypot(0.4, 0.4)) - 1) < 1e-9, `${far}`);
  const turned = gradientDistances([[0.6, 0.4], [0.6 + 1e-9, 0.4 - 1e-9]], [[3, 4], [3, 4 + 1e-8]], 0)[1]!;
  const explicit = [0, 1].flatMap((l) => [0, 1].map((j) => [0.4, -0.4][l]! * [3, 4][j]! - ([0.4 - 1e-9, -0.4 + 1e-9][l]! * [3, 4 + 1e-8][j]!)));
  assert.ok(Math.abs(turned / Math.hypot(...explicit) - 1) < 1e-6, `${turned} beside ${Math.hypot(...explicit)}`);
  for (const e of [1e-7, 1e-8, 3e-9, 1e-9]) {
    const length = expectedGradientLength([[1 - e, e]], [[1]], { bias: false })[0]!;
    assert.ok(Math.abs(length / (2 * Math.SQRT2 * e) - 1) < 1e-6, `${length} at ${e}`);
  }
});

test("kMeans(features, { weights }) and what builds on it give no place to samples of weight 0 while there are others", () => {
  const six = [[0], [1], [2], [50], [51], [52]];
  for (let seed = 0; seed < 200; seed++) {
    assert.ok(kMeansRepresentatives(six, { batchSize: 2, weights: [0, 0, 0, 1, 1, 1] }, randomSource(seed)).every((sample) => sample > 2), `seed ${seed}`);
    assert.ok(kMeans(six, { clusters: 2, weights: [0, 0, 0, 1, 1, 1] }, randomSource(seed)).inertia <= 2, `seed ${seed}`);
    const chosen = uncertaintyThenCluster([0, 0, 0, 0.5, 0.4, 0.6, 0.7], [...six, [60]], { batchSize: 3 }, randomSource(seed));
    assert.ok(chosen.every((sample) => sample > 2), `seed ${seed}: ${[...chosen]}`);
  }
  assert.deepEqual([...kMeansRepresentatives(six, { batchSize: 4, weights: [0, 0, 0, 1, 1, 1] }, randomSource(1))].filter((sample) => sample > 2).length, 3);
  assert.throws(() => kMeans(six, { clusters: 2, weights: [1e308, 1e308, 1, 1, 1, 1] }, randomSource(1)), /kMeans: expected weights from 0 to 1e100/);
});

test("variationRatio, voteEntropy and expectedErrorReduction(p, draws) never fall below 0", () => {
  for (let members = 2; members < 40; members++) {
    const unanimous = [[new Array<number>(members).fill(0.9), new Array<number>(members).fill(0.1)]];
    assert.equal(variationRatio(unanimous)[0], 0, `${members} members`);
    assert.equal(voteEntropy(unanimous)[0], 0, `${members} members`);
  }
  const same = [[0.3, 0.7], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7], [0.3, 0.7]].map((row) => row.map((p) => [p, p, p]));
  assert.deepEqual([...expectedErrorReduction(same, "draws")], [0, 0, 0, 0, 0]);
});

test("batchBald and topK of meanStandardDeviation leave samples that tell nothing to the seed", () => {
  const agreeing = Array.from({ length: 10 }, (_, i) => [new Array<number>(3).fill((i + 1) / 13), new Array<number>(3).fill(1 - (i + 1) / 13)]);
  assert.deepEqual(new Set(meanStandardDeviation(agreeing)), new Set([0]));
  const first = new Set(Array.from({ length: 200 }, (_, seed) => batchBald(agreeing, { batchSize: 1 }, randomSource(seed))[0]!));
  assert.equal(first.size, 10, `200 seeds begin with ${[...first]}`);
});

test("criteria refuse null and text in tables, where JSON has put them in place of NaN", () => {
  assert.throws(() => entropy([[1, null as never], [0.5, 0.5]]), /entropy: expected probabilities that are numbers, got null at sample 0/);
  assert.throws(() => entropy([["0.5", "0.5"] as never]), /entropy: expected probabilities that are numbers, got 0.5 at sample 0/);
  assert.throws(() => coreSet([[1, 1], [null as never, 1]], { batchSize: 1 }, randomSource(1)), /coreSet: expected features that are numbers, got null at sample 1/);
});

test("choices of very many samples neither overflow the stack nor allocate what never comes", () => {
  const p = probabilities(new Float64Array(260_000).fill(0.5), { samples: 130_000, classes: 2 });
  assert.equal(new Set(badge(p, { values: new Float32Array(130_000).fill(1), width: 1 }, { batchSize: 130_000 }, randomSource(1))).size, 130_000);
  assert.throws(() => streamTopK([[[0.5, 0.5]]], entropy, { batchSize: 1e10 }, randomSource(1)), /streamTopK: expected a batch size of at most 1/);
  const many = Array.from({ length: 12 }, () => Array.from({ length: 10 }, () => [0.1, 0.1]));
  assert.throws(() => jointMutualInformation(many, Array.from(many.keys())), /jointMutualInformation: expected at most 4000000 outcomes, or jointSamples to sample them/);
  assert.equal(streamTopK([Array.from({ length: 3000 }, (_, i) => [i / 3000, 1 - i / 3000])], (q) => Float64Array.from({ length: q.samples }, (_, i) => i), { batchSize: 2500 }, randomSource(1)).queryIndices[2499], 500);
});

test("a candidate that is none is named by its place in the list", () => {
  assert.throws(() => coreSet([[1], [2], [3]], { batchSize: 1, labeled: [0], candidates: [0, 7] }, randomSource(1)), /coreSet: expected indices from 0 to 2, got 7 at position 1/);
  assert.throws(() => filterCost([1, 2, 3], (candidates) => candidates.slice(0, 1), { batchSize: 2 }, randomSource(1)), /filterCost: expected a batch size of at most 1/);
});
