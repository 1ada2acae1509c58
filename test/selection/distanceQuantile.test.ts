import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { randomSource } from "almq";
import { drawWithoutReplacement } from "../../lib/random/shuffle";
import { distanceQuantile } from "../../lib/selection/distanceQuantile";
import { assertNear } from "../acquisition/near";
import { clusters, distance } from "./clusters";

const quantiles = [0, 1e-4, 0.00101, 0.01, 0.05, 0.2, 0.5, 0.9, 1];

test("distanceQuantile(points, quantile) is that of the sorted matrix of all distances", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), fc.double({ min: 0, max: 1, noNaN: true }), (seed, width, quantile) => {
      const random = randomSource(seed);
      const values = clusters(Array.from({ length: 150 }, () => random.integer(width)), width, random);
      const sorted = sortedMatrix(values, width, range(150));
      assertQuantiles(values, width, sorted, [...quantiles, quantile]);
    }),
    { numRuns: 30 },
  );
});

test("distanceQuantile(points, quantile) of a thousand points is exact, be the first hundred like the others or not", () => {
  const width = 10;
  const random = randomSource(1);
  const mixed = Array.from({ length: 1000 }, () => random.integer(width));
  for (const centres of [mixed, mixed.map((centre, i) => (i < 100 ? 3 : centre)), mixed.map((_, i) => (i < 100 ? i % width : 3))]) {
    const values = clusters(centres, width, random);
    assertQuantiles(values, width, sortedMatrix(values, width, range(1000)), quantiles);
  }
});

test("distanceQuantile(points, quantile, random) of more points is that of a thousand drawn from them", () => {
  const width = 4;
  const random = randomSource(2);
  const values = clusters(Array.from({ length: 1500 }, () => random.integer(width)), width, random);
  const drawn = drawWithoutReplacement(range(1500), 1000, randomSource("drawn"));
  assertQuantiles(values, width, sortedMatrix(values, width, drawn), quantiles, "drawn");
  const others = drawWithoutReplacement(range(1500), 1000, randomSource("others"));
  assert.notDeepEqual(drawn, others);
  assertQuantiles(values, width, sortedMatrix(values, width, others), [0.05], "others");
});

function assertQuantiles(values: Float32Array, width: number, sorted: Float64Array, asked: readonly number[], seed = "any"): void {
  const got = asked.map((quantile) => distanceQuantile({ values, width }, quantile, randomSource(seed)));
  assertNear(got, asked.map((quantile) => quantileOf(sorted, quantile)), 1e-12);
}

/** Every distance from every chosen point to every chosen point, itself included, ascending. */
function sortedMatrix(values: Float32Array, width: number, chosen: readonly number[]): Float64Array {
  const n = chosen.length;
  return Float64Array.from({ length: n * n }, (_, at) => distance(values, width, chosen[Math.floor(at / n)]!, chosen[at % n]!)).sort();
}

function quantileOf(sorted: Float64Array, quantile: number): number {
  const place = quantile * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (place % 1) * (high - low);
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
