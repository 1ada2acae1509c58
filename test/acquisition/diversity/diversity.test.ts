import assert from "node:assert/strict";
import { test } from "node:test";
import { densityWeighted, domainImportance, informationDensity, kMeans, kMeansRepresentatives, probCover, randomSource, typiClust } from "almq";
import { distanceSampling } from "../../../lib/acquisition/diversity/distanceSampling";
import { assertNear } from "../near";

/** Three heaps around 0, 100 and 200 on a line, of 5, 7 and 9 samples. */
const heaps = [0, 100, 200].flatMap((centre, h) => Array.from({ length: 5 + 2 * h }, (_, i) => [centre + i - 2 - h]));

test("kMeans(features) finds three heaps and their means", () => {
  const { centres, assignment, inertia } = kMeans(heaps, { clusters: 3 }, randomSource(5));
  assertNear([...centres].sort((a, b) => a - b), [0, 100, 200], 1e-12);
  assert.equal(new Set(assignment).size, 3);
  assertNear([inertia], [10 + 28 + 60], 1e-12);
});

test("kMeans(features, { initial, weights }) moves centres to weighted means", () => {
  assertNear(kMeans([[0], [4], [10]], { clusters: 2, initial: [[1], [9]], weights: [3, 1, 1] }, randomSource(1)).centres, [1, 10], 1e-15);
});

test("kMeans(features) starts an empty cluster again, and bears samples that are all the same", () => {
  const { assignment } = kMeans([[0], [1], [50]], { clusters: 2, initial: [[0], [-99]] }, randomSource(1));
  assert.notEqual(assignment[2], assignment[0]);
  assert.equal(kMeans([[1], [1], [1]], { clusters: 3 }, randomSource(1)).inertia, 0);
});

test("kMeans(features) refuses more clusters than samples and weights that are none", () => {
  assert.throws(() => kMeans([[0], [1]], { clusters: 3 }, randomSource(1)), /kMeans: expected 1 to 2 clusters, got 3/);
  assert.throws(() => kMeans([[0], [1]], { clusters: 1, weights: [1, -1] }, randomSource(1)), /kMeans: expected weights from 0 to 1e100, got -1 at sample 1/);
});

test("distanceSampling(…) draws by the law of k-means++ although it looks at few distances", () => {
  const places = [0, 1, 3, 3, 8, 20];
  const squaredDistance = (a: number, b: number) => (places[a]! - places[b]!) ** 2;
  const runs = 40_000;
  const counts = new Map<string, number>();
  for (let run = 0; run < runs; run++) {
    const seeds = distanceSampling({ items: 6, first: 0, count: 3, squaredDistance }, randomSource(run)).join();
    counts.set(seeds, (counts.get(seeds) ?? 0) + 1);
  }
  const share = (weights: number[], i: number) => weights[i]! / weights.reduce((a, b) => a + b);
  for (let second = 1; second < 6; second++)
    for (let third = 1; third < 6; third++) {
      const byFirst = places.map((_, i) => squaredDistance(i, 0));
      const byBoth = places.map((_, i) => Math.min(byFirst[i]!, squaredDistance(i, second)));
      const chance = share(byFirst, second) * share(byBoth, third);
      const got = counts.get([0, second, third].join()) ?? 0;
      assert.ok(Math.abs(got - runs * chance) <= 4.5 * Math.sqrt(runs * chance * (1 - chance)), `0, ${second}, ${third}: ${got} of ${runs * chance}`);
    }
});

test("kMeansRepresentatives(features) takes the middle of every heap", () => {
  assert.deepEqual([...kMeansRepresentatives(heaps, { batchSize: 3 }, randomSource(2))].sort((a, b) => a - b), [2, 8, 16]);
  assert.deepEqual([...kMeansRepresentatives([[1], [1], [1]], { batchSize: 3 }, randomSource(2))].sort(), [0, 1, 2]);
});

test("informationDensity(features) is the mean cosine, or the mean of 1 / (1 + distance)", () => {
  assertNear(informationDensity([[1, 0], [2, 0], [0, 1]]), [2 / 3, 2 / 3, 1 / 3], 1e-15);
  assertNear(informationDensity([[0], [1], [3]], { similarity: "euclidean" }), [(1 + 1 / 2 + 1 / 4) / 3, (1 + 1 / 2 + 1 / 3) / 3, (1 + 1 / 4 + 1 / 3) / 3], 1e-15);
  assertNear(informationDensity([[0], [1], [3]], { similarity: "euclidean", reference: [1] }), [1 / 2, 1, 1 / 3], 1e-15);
});

test("densityWeighted(utilities, density, { power }) multiplies", () => {
  assertNear(densityWeighted([0.5, 0.4], [0.2, 0.9], { power: 2 }), [0.02, 0.324], 1e-15);
  assert.throws(() => densityWeighted([-0.1], [0.5]), /densityWeighted: expected finite utilities of at least 0, got -0.1 at sample 0/);
  assert.throws(() => densityWeighted([0.1, 0.2], [0.5]), /densityWeighted: expected densities of 2 samples, got 1/);
});

test("typiClust(features) takes the most typical sample of the largest heap first", () => {
  assert.deepEqual([...typiClust(heaps, { batchSize: 3 }, randomSource(2))], [16, 8, 2]);
});

test("typiClust(features, { labeled }) leaves clusters with labels for last", () => {
  assert.deepEqual([...typiClust(heaps, { batchSize: 2, labeled: [16] }, randomSource(2))].sort((a, b) => a - b), [2, 8]);
});

test("probCover(features, { radius }) covers the most samples, then the most of what is left", () => {
  const heapOf = (sample: number) => Math.round(heaps[sample]![0]! / 100);
  assert.deepEqual([...probCover(heaps, { batchSize: 3, radius: 4.5 }, randomSource(1))].map(heapOf), [2, 1, 0]);
  assert.equal(probCover(heaps, { batchSize: 1, radius: 4.5 }, randomSource(1))[0], 16, "of nine samples only the middle covers all");
  assert.equal(heapOf(probCover(heaps, { batchSize: 1, radius: 4.5, labeled: [16] }, randomSource(1))[0]!), 1);
  assert.throws(() => probCover(heaps, { batchSize: 1, radius: 0 }, randomSource(1)), /probCover: expected a finite radius above 0, got 0/);
});

test("probCover(features) goes on at random once everything is covered", () => {
  const batch = probCover([[0], [0], [0]], { batchSize: 3, radius: 1 }, randomSource(1));
  assert.deepEqual([...batch].sort(), [0, 1, 2]);
});

test("domainImportance(source, target) comes near the ratio of two normal densities", () => {
  const random = randomSource(11);
  const normals = (mean: number, count: number) => Array.from({ length: count }, () => [mean + random.normal()]);
  const target = normals(1, 4000);
  const importance = domainImportance(normals(0, 8000), target);
  // N(1, 1) / N(0, 1) at x is exp(x − ½); the estimate of its slope has an error of about 0.03.
  target.slice(0, 50).forEach(([x], i) => assert.ok(Math.abs(Math.log(importance[i]!) - (x! - 0.5)) < 0.15 * (1 + Math.abs(x!)), `${x}: ${importance[i]}`));
});

test("domainImportance(source, target) is 1 throughout where the domains are the same", () => {
  assertNear(domainImportance([[0, 1], [2, 5]], [[0, 1], [2, 5]]), [1, 1], 1e-9);
  assert.throws(() => domainImportance([[0]], [[0, 1]]), /domainImportance: expected target samples of 1 features, got 2/);
});
