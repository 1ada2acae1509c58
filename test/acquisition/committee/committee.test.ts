import assert from "node:assert/strict";
import { test } from "node:test";
import { bald, consensusEntropy, entropy, expectedEntropy, klToConsensus, meanStandardDeviation, variationRatio, voteEntropy } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

const { committee, probabilities_mc } = vectors;
/** Three members, three classes: A sure of 0, B sure of 1, C unsure between 1 and 2. */
const three = [[[1, 0, 0], [0, 1, 0.5], [0, 0, 0.5]]];

test("voteEntropy(p) counts heads, and a member that cannot decide splits its vote", () => {
  assertNear(voteEntropy([[[0.6, 0.6, 0.1], [0.4, 0.4, 0.9]]]), [-(2 / 3) * Math.log(2 / 3) - (1 / 3) * Math.log(1 / 3)], 1e-15);
  assertNear(voteEntropy(three), [-(1 / 3) * Math.log(1 / 3) - 0.5 * Math.log(0.5) - (1 / 6) * Math.log(1 / 6)], 1e-15);
});

test("voteEntropy(p) agrees with the reference numbers", () => {
  assertNear(voteEntropy(probabilities_mc), committee.map((row) => row.vote_entropy_nats));
});

test('voteEntropy(p, { votes: "soft" }) and consensusEntropy(p) are the entropy of the mean', () => {
  for (const utilities of [voteEntropy(probabilities_mc, { votes: "soft" }), consensusEntropy(probabilities_mc), entropy(probabilities_mc)])
    assertNear(utilities, committee.map((row) => row.consensus_entropy_nats));
});

test("voteEntropy(p, { normalized: true }) is 1 where every class has as many votes", () => {
  assertNear(voteEntropy([[[0.9, 0.2], [0.1, 0.8]]], { normalized: true }), [1], 1e-15);
});

test("klToConsensus(p) is BALD, and agrees with the reference numbers", () => {
  assertNear(klToConsensus(probabilities_mc), committee.map((row) => row.kl_to_consensus_nats));
  assertNear(klToConsensus(probabilities_mc), bald(probabilities_mc), 1e-12);
});

test('klToConsensus(p, { over: "max" }) is the member farthest from the mean', () => {
  // The mean is [1/3, 1/2, 1/6]: A is log 3 away, B log 2, C 0.5 log(1) + 0.5 log 3.
  assertNear(klToConsensus(three, { over: "max" }), [Math.log(3)], 1e-15);
  assertNear(klToConsensus(three), [(Math.log(3) + Math.log(2) + 0.5 * Math.log(3)) / 3], 1e-15);
});

test("variationRatio(p) is the share of members against the majority", () => {
  assertNear(variationRatio(three), [0.5], 1e-15);
  assertNear(variationRatio([[[0.9, 0.8, 0.2, 0.6], [0.1, 0.2, 0.8, 0.4]]]), [0.25], 1e-15);
});

test("expectedEntropy(p) plus bald(p) is the entropy of the mean", () => {
  const information = bald(probabilities_mc);
  assertNear(expectedEntropy(probabilities_mc).map((noise, i) => noise + information[i]!), entropy(probabilities_mc), 1e-12);
});

test("meanStandardDeviation(p) is the population standard deviation over draws, averaged over classes", () => {
  // Class 0: 1, 0, 0 has mean 1/3 and variance 2/9; class 1: 0, 1, ½ has variance 1/6; class 2: 0, 0, ½ has variance 1/18.
  assertNear(meanStandardDeviation(three), [(Math.sqrt(2 / 9) + Math.sqrt(1 / 6) + Math.sqrt(1 / 18)) / 3], 1e-15);
});

test("A committee of one is refused by name", () => {
  for (const criterion of [voteEntropy, consensusEntropy, klToConsensus, variationRatio, meanStandardDeviation, bald])
    assert.throws(() => criterion([[0.5, 0.5]]), new RegExp(`${criterion.name}: expected at least two draws, got 1`));
});
