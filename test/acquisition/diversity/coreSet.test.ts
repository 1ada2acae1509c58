import assert from "node:assert/strict";
import { test } from "node:test";
import { coreSet, coverRadius, randomSource, type Metric } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

const { features, labeled, picks, cover_radius } = vectors.core_set;

const distances: Record<Metric, (a: number[], b: number[]) => number> = {
  euclidean: (a, b) => Math.hypot(...a.map((x, j) => x - b[j]!)),
  manhattan: (a, b) => a.reduce((sum, x, j) => sum + Math.abs(x - b[j]!), 0),
  cosine: (a, b) => 1 - a.reduce((sum, x, j) => sum + x * b[j]!, 0) / Math.hypot(...a) / Math.hypot(...b),
};

/** k-centre greedy with every distance, every time. */
function plainGreedy(rows: number[][], centres: number[], batchSize: number, metric: Metric): number[] {
  const known = [...centres];
  const batch: number[] = [];
  while (batch.length < batchSize) {
    const nearest = rows.map((row, i) => (known.includes(i) ? -1 : Math.min(...known.map((c) => distances[metric](row, rows[c]!)))));
    const farthest = nearest.indexOf(Math.max(...nearest));
    batch.push(farthest);
    known.push(farthest);
  }
  return batch;
}

test("coreSet(features, { labeled }) agrees with the reference picks and their radius", () => {
  const batch = coreSet(features, { batchSize: picks.length, labeled }, randomSource(1));
  assert.deepEqual([...batch], picks);
  assertNear([coverRadius(features, [...labeled, ...batch])], [cover_radius]);
});

test("coreSet(features, { metric }) picks what a greedy search over all distances picks, in every metric", () => {
  const random = randomSource(3);
  const rows = Array.from({ length: 300 }, () => Array.from({ length: 5 }, () => random.normal() * (1 + random.next())));
  for (const metric of ["euclidean", "manhattan", "cosine"] as const) {
    assert.deepEqual([...coreSet(rows, { batchSize: 40, labeled: [3, 8], metric }, randomSource(1))], plainGreedy(rows, [3, 8], 40, metric), metric);
    assertNear([coverRadius(rows, [3, 8], metric)], [Math.max(...rows.map((row) => Math.min(...[3, 8].map((c) => distances[metric](row, rows[c]!)))))], 1e-12);
  }
});

test("coreSet(features) without labels draws its first pick", () => {
  const first = new Set(Array.from({ length: 200 }, (_, seed) => coreSet([[0], [1], [2]], { batchSize: 1 }, randomSource(seed))[0]));
  assert.deepEqual([...first].sort(), [0, 1, 2]);
});

test("coreSet(features, { candidates }) leaves out what is no candidate, and never a pick twice even among equals", () => {
  assert.deepEqual([...coreSet([[0], [1], [4], [9]], { batchSize: 2, labeled: [0], candidates: [1, 2] }, randomSource(1))], [2, 1]);
  const same = Array.from({ length: 5 }, () => [1, 2]);
  assert.deepEqual([...coreSet(same, { batchSize: 4, labeled: [2] }, randomSource(1))].sort(), [0, 1, 3, 4]);
});

test("coreSet(features) refuses labeled samples that are none, a vector without angle, and too large a batch", () => {
  assert.throws(() => coreSet([[0], [1]], { batchSize: 1, labeled: [2] }, randomSource(1)), /coreSet: expected indices from 0 to 1, got 2 at position 0/);
  assert.throws(() => coreSet([[0], [1]], { batchSize: 1, metric: "cosine" }, randomSource(1)), /coreSet: expected vectors longer than 0 for their angle, got 0 at sample 0/);
  assert.throws(() => coreSet([[0], [1]], { batchSize: 2, labeled: [0] }, randomSource(1)), /coreSet: expected a batch size of at most 1/);
});
