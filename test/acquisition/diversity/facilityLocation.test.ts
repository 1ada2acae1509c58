import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { coreSet, facilityLocation, randomSource } from "almq";

const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((value, j) => value - b[j]!));
const meanDistance = (rows: readonly (readonly number[])[], chosen: readonly number[]) =>
  rows.reduce((sum, row) => sum + Math.min(...chosen.map((sample) => distance(row, rows[sample]!))), 0) / rows.length;

function scattered(samples: number, seed: number): number[][] {
  const random = randomSource(seed);
  return Array.from({ length: samples }, () => [random.normal(), random.normal(), random.normal()]);
}

test("facilityLocation(features) picks as well as a greedy search over the mean distance, pick by pick, labeled samples counted", () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 30 }), fc.nat(), fc.boolean(), (samples, seed, known) => {
      const rows = scattered(samples, seed);
      const chosen = known ? [2] : [];
      for (const pick of facilityLocation(rows, { batchSize: 4, labeled: [...chosen] }, randomSource(1))) {
        assert.ok(!chosen.includes(pick));
        const least = Math.min(...rows.flatMap((_, i) => (chosen.includes(i) ? [] : [meanDistance(rows, [...chosen, i])])));
        chosen.push(pick);
        assert.ok(Math.abs(meanDistance(rows, chosen) - least) < 1e-12, "no other pick brings the pool nearer");
      }
    }),
    { numRuns: 40 },
  );
});

test("facilityLocation(features) stands for the pool where core-set goes for the outlier", () => {
  const rows = [...scattered(200, 3), [12, 0, 0]];
  const [middles, corners] = [facilityLocation, coreSet].map((choose) => [...choose(rows, { batchSize: 3 }, randomSource(2))]) as [number[], number[]];
  assert.ok(corners.includes(200) && !middles.includes(200), `${middles}; ${corners}`);
  assert.ok(meanDistance(rows, middles) < meanDistance(rows, corners));
});

test("facilityLocation(features, { reference }) looks at the reference only", () => {
  const rows = [[0], [1], [2], [50], [51], [52], [53]];
  assert.deepEqual([...facilityLocation(rows, { batchSize: 1, reference: [0, 1, 2] }, randomSource(1))], [1]);
  assert.deepEqual([...facilityLocation(rows, { batchSize: 1 }, randomSource(1))], [3]);
  assert.throws(() => facilityLocation(rows, { batchSize: 1, reference: [] }, randomSource(1)), /facilityLocation: expected at least one reference sample, got 0/);
  assert.throws(() => facilityLocation(rows, { batchSize: 1, labeled: [8] }, randomSource(1)), /facilityLocation: expected indices from 0 to 6, got 8/);
  assert.throws(() => facilityLocation([[NaN]], { batchSize: 1 }, randomSource(1)), /facilityLocation: expected finite features, got .* at sample 0/);
});
