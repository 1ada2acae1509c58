import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { coldStart, coreSet, facilityLocation, kMeansRepresentatives, randomSource, typiClust, type ColdStartOptions } from "almq";

const everyRule = ["random", "cluster", "typical", "representative", "spread"] as const satisfies readonly ColdStartOptions["rule"][];

/** Ten groups far apart, of very different sizes. */
function groups(seed: number): { features: number[][]; group: number[] } {
  const random = randomSource(seed);
  const group = Array.from({ length: 10 }, (_, g) => Array<number>(3 + 8 * g).fill(g)).flat();
  return { group, features: group.map((g) => [100 * (g % 4) + random.normal(), 100 * Math.floor(g / 4) + random.normal()]) };
}

test("coldStart(features, { rule, size }) gives as many samples as asked, none twice, the same for the same seed", () => {
  fc.assert(
    fc.property(fc.constantFrom(...everyRule), fc.integer({ min: 1, max: 40 }), fc.nat(), (rule, size, seed) => {
      const { features } = groups(seed);
      const chosen = coldStart(features, { rule, size }, randomSource(seed));
      assert.equal(new Set(chosen).size, size);
      assert.ok(chosen.every((sample) => Number.isInteger(sample) && sample >= 0 && sample < features.length));
      assert.deepEqual(coldStart(features, { rule, size }, randomSource(seed)), chosen);
    }),
    { numRuns: 40 },
  );
});

test("coldStart(features, { rule }) visits groups that chance passes over", () => {
  const visited = (rule: ColdStartOptions["rule"]) =>
    Array.from({ length: 20 }, (_, seed) => {
      const { features, group } = groups(seed);
      return new Set(coldStart(features, { rule, size: 10 }, randomSource(seed)).map((sample) => group[sample])).size;
    }).reduce((sum, count) => sum + count, 0) / 20;
  const byChance = visited("random");
  assert.ok(byChance < 8, `${byChance}`);
  for (const rule of everyRule.slice(1)) assert.ok(visited(rule) > byChance + 1, `${rule}: ${visited(rule)} of 10 groups, ${byChance} by chance`);
  assert.equal(visited("spread"), 10);
});

test("coldStart(features, { rule }) is the batch rule of that name", () => {
  const { features } = groups(1);
  const chosen = (rule: ColdStartOptions["rule"]) => coldStart(features, { rule, size: 7 }, randomSource(5));
  const options = { batchSize: 7 };
  assert.deepEqual(chosen("cluster"), [...kMeansRepresentatives(features, options, randomSource(5))]);
  assert.deepEqual(chosen("typical"), [...typiClust(features, options, randomSource(5))]);
  assert.deepEqual(chosen("representative"), [...facilityLocation(features, options, randomSource(5))]);
  assert.deepEqual(chosen("spread"), [...coreSet(features, options, randomSource(5))]);
});

test("coldStart(features, { rule, size }) refuses rules and sizes that are none", () => {
  const refused = (options: { rule: string; size: number }, message: RegExp) =>
    assert.throws(() => coldStart([[0], [1]], options as ColdStartOptions, randomSource(1)), message);
  refused({ rule: "kmeans", size: 1 }, /coldStart: expected a rule of random, cluster, typical, representative, spread, got kmeans/);
  refused({ rule: "toString", size: 1 }, /coldStart: expected a rule of/);
  refused({ rule: "random", size: 3 }, /coldStart: expected a size from 1 to 2, got 3/);
  refused({ rule: "random", size: 0 }, /coldStart: expected a size from 1 to 2, got 0/);
});
