import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { figureToPng, picksMap, principalPlane, randomSource } from "almq";

const points = [[0, 0], [1, 2], [3, 1], [2, 2]];

test("principalPlane(features) keeps all distances of samples that lie in a plane", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = randomSource(seed);
      const axes = [0, 1].map(() => Array.from({ length: 6 }, () => random.normal()));
      const flat = Array.from({ length: 12 }, () => [3 * random.normal(), random.normal()]);
      const rows = flat.map(([a, b]) => axes[0]!.map((value, j) => 5 + a! * value + b! * axes[1]![j]!));
      const plane = principalPlane(rows);
      const at = (i: number) => plane.values.subarray(2 * i, 2 * i + 2);
      const apart = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.hypot(...Array.from(a, (value, j) => value - b[j]!));
      for (const [i, j] of [[0, 1], [3, 7], [2, 11]] as const) assert.ok(Math.abs(apart(at(i), at(j)) - apart(rows[i]!, rows[j]!)) < 1e-6);
      assert.ok(Math.abs(plane.kept[0] + plane.kept[1] - 1) < 1e-9 && plane.kept[0] >= plane.kept[1]);
    }),
    { numRuns: 25 },
  );
});

test("principalPlane(features) finds the directions of most variance, whatever the order of the samples", () => {
  const random = randomSource(4);
  const rows = Array.from({ length: 300 }, () => [random.normal(), 9 * random.normal(), 0.2 * random.normal(), 4 * random.normal()]);
  const { values, kept } = principalPlane(rows);
  const correlation = (axis: number, feature: number) => {
    const [a, b] = [rows.map((_, i) => values[2 * i + axis]!), rows.map((row) => row[feature]!)];
    const [ma, mb] = [a, b].map((list) => list.reduce((x, y) => x + y) / list.length) as [number, number];
    const sum = (f: (i: number) => number) => rows.reduce((total, _, i) => total + f(i), 0);
    return sum((i) => (a[i]! - ma) * (b[i]! - mb)) / Math.sqrt(sum((i) => (a[i]! - ma) ** 2) * sum((i) => (b[i]! - mb) ** 2));
  };
  assert.ok(correlation(0, 1) > 0.99 && correlation(1, 3) > 0.99);
  assert.ok(Math.abs(kept[0] - 81 / 98) < 0.05 && Math.abs(kept[1] - 16 / 98) < 0.05);
  const backwards = principalPlane([...rows].reverse()).values;
  rows.forEach((_, i) => assert.ok(Math.abs(backwards[2 * (299 - i)]! - values[2 * i]!) < 1e-4));
});

test("principalPlane(features) refuses what has no plane, and lays equal samples on one point", () => {
  assert.throws(() => principalPlane([[1], [2]]), /principalPlane: expected at least two features, got 1/);
  assert.throws(() => principalPlane([[1, 2]]), /principalPlane: expected at least two samples, got 1/);
  assert.deepEqual([...principalPlane([[1, 2], [1, 2]]).values], [0, 0, 0, 0]);
});

test("picksMap(points, picks) draws a panel for each way of choosing, with its picks where they lie", () => {
  const figure = picksMap(points, [{ name: "top-k", samples: [1, 3] }, { name: "core-set", samples: [2] }], { labeled: [0], shade: { values: [0, 1, 2, 3], name: "entropy, nats" } });
  const chosen = figure.data.filter(({ name }) => name === "chosen");
  assert.deepEqual(chosen.map(({ x, y, xaxis }) => [x, y, xaxis]), [[[1, 2], [2, 2], "x"], [[3], [1], "x2"]]);
  assert.deepEqual(chosen.map(({ showlegend }) => showlegend), [true, false]);
  assert.deepEqual((figure.layout.annotations as { text: string }[]).map(({ text }) => text), ["top-k", "core-set"]);
  assert.equal(figure.data.length, 6);
});

test("picksMap(points, picks) draws into a picture, in rows", async () => {
  const picks = ["a", "b", "c", "d", "e"].map((name, i) => ({ name, samples: [i % 4] }));
  const figure = picksMap(points, picks, { columns: 2 });
  assert.ok((figure.layout.height as number) > (picksMap(points, picks.slice(0, 2), { columns: 2 }).layout.height as number));
  assert.ok((await figureToPng(figure)).length > 1000);
});

test("picksMap(points, picks) refuses what does not lie on the map", () => {
  assert.throws(() => picksMap([[1, 2, 3]], [{ name: "a", samples: [0] }]), /picksMap: expected points of two coordinates, got 3/);
  assert.throws(() => picksMap(points, []), /picksMap: expected picks of at least one kind, got 0/);
  assert.throws(() => picksMap(points, [{ name: "a", samples: [4] }]), /picksMap: expected samples from 0 to 3, got 4 at a/);
  assert.throws(() => picksMap(points, [{ name: "a", samples: [0] }], { shade: { values: [1], name: "u" } }), /picksMap: expected a shade for each of 4 samples, got 1/);
  assert.throws(() => picksMap(points, [{ name: "a", samples: [0] }], { columns: 0 }), /picksMap: expected at least one map in a row, got 0/);
});
