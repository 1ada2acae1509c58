import assert from "node:assert/strict";
import test from "node:test";
import { badge, coreSet, coverRadius, domainImportance, entropy, expectedErrorReduction, gainTv, gradientDistances, informationDensity, jointMutualInformation, klToConsensus, leastConfidence, margin, powerSampling, probabilities, questionBald, randomSource, uncertaintyThenCluster, variance, voteEntropy } from "almq";

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

test("criteria stay within their bounds where rounding lifted a probability just above 1", () => {
  const p = probabilities(Float32Array.of(1.0000001, 0, 0.5, 0.5), { samples: 2, classes: 2 });
  for (const criterion of [leastConfidence, margin, entropy, variance]) assert.equal(criterion(p)[0], 0, criterion.name);
  assert.equal(margin(p, { normalized: false })[0], -1);
  assert.deepEqual([...powerSampling(leastConfidence(p), { batchSize: 1 }, randomSource(1))], [1]);
});

test("probabilities(values) refuses numbers that are in no typed array of floats", () => {
  for (const values of [[0.5, 0.5], Uint8Array.of(1, 0), undefined]) assert.throws(() => probabilities(values as never, { samples: 1, classes: 2 }), /probabilities: expected values in a Float32Array or Float64Array, got (an array|object|undefined)/);
});
