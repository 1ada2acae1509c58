import assert from "node:assert/strict";
import { test } from "node:test";
import { badge, gradientDistances, randomSource } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

const { probabilities, embeddings, first_centre, distance_to_first } = vectors.badge;

/** The gradient embedding as the paper writes it, outer product and all. */
function outerProducts(p: number[][], h: number[][]): number[][] {
  return p.map((row, i) => {
    const guess = row.indexOf(Math.max(...row));
    return row.flatMap((pl, l) => h[i]!.map((x) => ((l === guess ? 1 : 0) - pl) * x));
  });
}

function squaredDistance(a: number[], b: number[]): number {
  return a.reduce((sum, x, j) => sum + (x - b[j]!) ** 2, 0);
}

test("badge(p, embedding, { batchSize: 1 }, random) takes the longest gradient, whatever the seed", () => {
  for (const seed of [1, 2, 3]) assert.deepEqual(badge(probabilities, embeddings, { batchSize: 1 }, randomSource(seed)), Int32Array.of(first_centre));
});

test("gradientDistances(p, embedding, centre) agrees with the reference numbers and with the outer products", () => {
  assertNear(gradientDistances(probabilities, embeddings, first_centre), distance_to_first);
  const outer = outerProducts(probabilities, embeddings);
  for (let centre = 0; centre < outer.length; centre++)
    assertNear(gradientDistances(probabilities, embeddings, centre), outer.map((g) => Math.sqrt(squaredDistance(g, outer[centre]!))), 1e-7);
});

test("badge(…) draws the third sample ∝ squared distance to the nearest of the first two", () => {
  const outer = outerProducts(probabilities, embeddings);
  const runs = 20_000;
  const seen = new Map<number, number[]>(); // second choice → how often each third choice followed
  for (let run = 0; run < runs; run++) {
    const [first, second, third] = badge(probabilities, embeddings, { batchSize: 3 }, randomSource(run));
    assert.equal(first, first_centre);
    if (!seen.has(second!)) seen.set(second!, new Array<number>(outer.length).fill(0));
    seen.get(second!)![third!]!++;
  }
  for (const [second, counts] of seen) {
    const weights = outer.map((g) => Math.min(squaredDistance(g, outer[first_centre]!), squaredDistance(g, outer[second]!)));
    const total = weights.reduce((sum, w) => sum + w);
    const drawn = counts.reduce((sum, n) => sum + n);
    counts.forEach((count, i) => {
      const share = weights[i]! / total;
      const error = Math.sqrt(drawn * share * (1 - share));
      assert.ok(Math.abs(count - drawn * share) <= 4.5 * error, `${second} then ${i}: ${count} of ${drawn}, expected ${drawn * share}`);
    });
  }
});

test("badge(…, { candidates }) chooses among the candidates only, none twice, down to the last", () => {
  const candidates = [7, 1, 4, 2];
  const chosen = badge(probabilities, embeddings, { batchSize: 4, candidates }, randomSource(3));
  assert.deepEqual([...chosen].sort(), [1, 2, 4, 7]);
});

test("badge(…) takes distinct samples even when all of them are the same", () => {
  const same = Array.from({ length: 6 }, () => [0.5, 0.3, 0.2]);
  const chosen = badge(same, same, { batchSize: 6 }, randomSource(1));
  assert.deepEqual([...chosen].sort(), [0, 1, 2, 3, 4, 5]);
});

test("badge(…) refuses mismatched shapes, a batch larger than the pool, and numbers that are none", () => {
  const random = randomSource(1);
  assert.throws(() => badge(probabilities, embeddings.slice(1), { batchSize: 1 }, random), /badge: expected features of 10 samples, got 9/);
  assert.throws(() => badge(probabilities, embeddings, { batchSize: 11 }, random), /badge: expected a batch size of at most 10, the number of candidates, got 11/);
  assert.throws(() => badge(probabilities, embeddings, { batchSize: 1, candidates: [3, 3] }, random), /badge: expected every index once, got 3 at position 1/);
  const broken = embeddings.map((row, i) => (i === 4 ? row.map(() => Infinity) : row));
  assert.throws(() => badge(probabilities, broken, { batchSize: 1 }, random), /badge: expected finite features, got .* at sample 4/);
});
