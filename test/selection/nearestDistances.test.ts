import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { randomSource } from "almq";
import { nearestDistances } from "../../lib/selection/nearestDistances";
import { clusters, distance } from "./clusters";

const points = Array.from({ length: 100 }, (_, i) => i);
const somePoints = (maxLength: number) => fc.shuffledSubarray(points, { minLength: 1, maxLength });
const shape = fc.record({ width: fc.oneof(fc.constant(2), fc.integer({ min: 1, max: 10 })), out: fc.constantFrom(0, 2, 6) });

test("beyond(radius) finds the points that plain distances find, as the radius falls and centres come", () => {
  fc.assert(
    fc.property(fc.integer(), shape, somePoints(6), somePoints(20), somePoints(20), (seed, { width, out }, first, later, watched) => {
      const random = randomSource(seed);
      const values = clusters(points.map(() => random.integer(width)), width, random, out);
      values.copyWithin(0, 5 * width, 8 * width); // some points come twice
      const nearestOf = (point: number, centres: readonly number[]) => Math.min(...centres.map((centre) => distance(values, width, point, centre)));
      // Every radius is hardly more than the distance of a point that is watched.
      const radii = watched.map((point) => 1.001 * nearestOf(point, first)).sort((a, b) => b - a);
      const distances = nearestDistances({ values, width });
      distances.add(first);
      [...radii, 0].forEach((radius, i) => {
        const met = [...first, ...later.slice(0, i)];
        if (i > 0) distances.add(later.slice(i - 1, i));
        assert.deepEqual([...distances.beyond(radius)], points.filter((point) => nearestOf(point, met) > radius));
      });
    }),
    { numRuns: 250 },
  );
});
