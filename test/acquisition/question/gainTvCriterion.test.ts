import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gainTvCriterion, probabilities, randomSource, type Probabilities, type RandomSource } from "almq";
import { tieBreaker } from "../../../lib/acquisition/arithmetic/tieBreaker";

const [samples, classes, draws] = [60, 3, 20];
const pool = Array.from({ length: samples }, (_, i) => i);

const someQuestion = {
  kind: fc.constantFrom("all" as const, "any" as const),
  class: fc.nat(classes - 1),
  kept: fc.oneof(fc.constant<number[]>([]), fc.uniqueArray(fc.nat(samples - 1), { minLength: 1, maxLength: 3 })),
};
const few = fc.shuffledSubarray(pool, { minLength: 1, maxLength: samples / 4 - 1 });
const many = fc.shuffledSubarray(pool, { minLength: samples / 4, maxLength: samples });
const rankQuantile = fc.nat(draws - 1).map((rank) => rank / (draws - 1));
const quantiles = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), rankQuantile);
/** How far the value to be exceeded lies below the best. */
const gaps = fc.constantFrom(Infinity, 0.1, 1e-3, 1e-12, 0);

for (const [name, candidates] of [["few", few], ["many", many]] as const)
  test(`best(p, open, candidates, above) finds among ${name} candidates, in single precision, what a look at all values finds`, () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), fc.record(someQuestion), candidates, quantiles, gaps, (seed, tight, open, listed, quantile, gap) => {
        const random = randomSource(seed);
        const rankOfDraw = Math.round(quantile * (draws - 1));
        const p = predictions(random, tight ? () => ({ y: open.class, certain: open.kind === "all" ? 1 : 0, agreeing: rankOfDraw + 1 }) : anySorts);
        const rank = tieBreaker(random);
        const criterion = gainTvCriterion({ quantile });
        const values = criterion.values(p, open, listed);
        const [first] = listed
          .map((sample, i) => ({ sample, value: values[i]! }))
          .filter(({ sample }) => !open.kept.includes(sample))
          .sort((a, b) => b.value - a.value || rank(a.sample) - rank(b.sample));
        const above = (first?.value ?? 0) - gap;
        assert.deepEqual(criterion.best(p, open, listed, above, rank), gap === 0 ? undefined : first);
      }),
      { numRuns: 400 },
    );
  });

type Sorts = (random: RandomSource) => { y: number; certain: number; agreeing: number };
const anySorts: Sorts = (random) => ({ y: random.integer(classes), certain: random.integer(2), agreeing: 1 + random.integer(draws) });

/** Predictions of every sort, in single precision; every third sample repeats the one before, maybe with its draws in turn: their values are often the same. */
function predictions(random: RandomSource, sorts: Sorts): Probabilities {
  const values = new Float32Array(samples * classes * draws);
  const rowOf = (sample: number) => values.subarray(sample * classes * draws, (sample + 1) * classes * draws);
  for (let sample = 0; sample < samples; sample++) {
    if (sample % 3 === 2) repeat(rowOf(sample - 1), random.integer(2), rowOf(sample));
    else if (random.next() < 0.5) spread(rowOf(sample), random);
    else twoSorts(rowOf(sample), sorts(random), random);
  }
  return probabilities(values, { samples, classes, draws });
}

function repeat(row: Float32Array, turn: number, out: Float32Array): void {
  for (let l = 0; l < classes; l++) for (let k = 0; k < draws; k++) out[l * draws + ((k + turn) % draws)] = row[l * draws + k]!;
}

/** Soft-max of normal logits around a mean, from doubtful to almost certain. */
function spread(row: Float32Array, random: RandomSource): void {
  const sharpness = 6 * random.next();
  const mean = Array.from({ length: classes }, () => sharpness * random.normal());
  for (let k = 0; k < draws; k++) {
    const weights = mean.map((m) => Math.exp(m + random.normal()));
    const total = weights.reduce((sum, w) => sum + w, 0);
    weights.forEach((w, l) => (row[l * draws + k] = w / total));
  }
}

/** The first draws agree on a number, the others are certain of class y or against it: bounds are then as close as they can be. */
function twoSorts(row: Float32Array, { y, certain, agreeing }: ReturnType<Sorts>, random: RandomSource): void {
  const other = (y + 1 + random.integer(classes - 1)) % classes;
  const agreed = random.next();
  for (let k = 0; k < draws; k++) {
    row[y * draws + k] = k < agreeing ? agreed : certain;
    row[other * draws + k] = 1 - row[y * draws + k]!;
  }
}
