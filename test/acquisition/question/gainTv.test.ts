import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { classGainTv, gainTv, gainTvCriterion, probabilities, questionBald, questionBaldCriterion, randomSource, type OpenQuestionCriterion, type Probabilities } from "almq";
import { tieBreaker } from "../../../lib/acquisition/arithmetic/tieBreaker";
import { bestOfValues } from "../../../lib/acquisition/question/openQuestion";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

const kinds = ["all", "any"] as const;
const pool = vectors.probabilities_mc.map((_, sample) => sample);

test("gainTv(p, question) agrees with the reference numbers at every quantile", () => {
  for (const { q, samples, class: y, ...expected } of vectors.gain_tv)
    for (const kind of kinds)
      assertNear([gainTv(vectors.probabilities_mc, { kind, class: y, samples }, { quantile: q })], [expected[kind]]);
  assertNear(classGainTv(vectors.probabilities_mc), vectors.gain_tv_class.map(({ value }) => value));
});

test("gainTvCriterion().best(p, open, candidates) finds the reference exchange", () => {
  const p = checked(vectors.probabilities_mc);
  for (const { question: kind, q, kept, class: y, best_exchange, value } of vectors.gain_tv_exchange) {
    const best = gainTvCriterion({ quantile: q }).best(p, { kind, class: y, kept }, pool, -Infinity, (sample) => sample)!;
    assert.equal(best.sample, best_exchange, `${kind} of class ${y} beside ${kept}`);
    assertNear([best.value], [value]);
  }
});

test("gainTv(p, question) of one sample is 2p(1 − p) in the draw at the quantile", () => {
  const p = [[[0.1, 0.5, 0.9], [0.9, 0.5, 0.1]]];
  assertNear([gainTv(p, { kind: "all", class: 0, samples: [0] }, { quantile: 0 })], [2 * 0.1 * 0.9]);
  assertNear([gainTv(p, { kind: "all", class: 0, samples: [0] }, { quantile: 0.5 })], [0.5]);
  assertNear([gainTv(p, { kind: "all", class: 0, samples: [0] }, { quantile: "mean" })], [(2 * 0.09 * 2 + 0.5) / 3]);
});

test("gainTv(p, question) takes the rank that halves round to even", () => {
  const p = [[[0.1, 0.2, 0.3, 0.4], [0.9, 0.8, 0.7, 0.6]]]; // 0.5 · 3 = 1.5 rounds to rank 2
  assertNear([gainTv(p, { kind: "all", class: 0, samples: [0] }, { quantile: 0.5 })], [2 * 0.3 * 0.7]);
});

test("best(p, open, candidates, above) finds exactly what a look at all values finds", () => {
  const criteria: OpenQuestionCriterion[] = [0, 0.4, 1, "mean" as const].map((quantile) => gainTvCriterion({ quantile }));
  fc.assert(
    fc.property(randomPool(), fc.constantFrom(...kinds), fc.nat(2), fc.uniqueArray(fc.nat(11), { maxLength: 3 }), fc.double({ min: 0, max: 0.6, noNaN: true }), (p, kind, y, kept, above) => {
      const rank = tieBreaker(randomSource(above));
      for (const criterion of [...criteria, questionBaldCriterion()]) {
        const candidates = Array.from({ length: p.samples }, (_, i) => i);
        const open = { kind, class: y, kept };
        assert.deepEqual(criterion.best(p, open, candidates, above, rank), bestOfValues(criterion.values)(p, open, candidates, above, rank));
      }
    }),
    { numRuns: 300 },
  );
});

test("questionBald(p, question) agrees with the reference numbers", () => {
  for (const { samples, class: y, ...expected } of vectors.bald)
    for (const kind of kinds)
      assertNear([questionBald(vectors.probabilities_mc, { kind, class: y, samples }, { smoothing: 1e-5 })], [expected[kind]]);
});

test("questionBald(p, question) of All(1) and Any(1) are the same, at least 0 and at most log 2", () => {
  fc.assert(
    fc.property(randomPool(), fc.nat(11), fc.nat(2), (p, sample, y) => {
      const [all, any] = kinds.map((kind) => questionBald(p, { kind, class: y, samples: [sample] }));
      assertNear([all!], [any!], 1e-12);
      assert.ok(all! > -1e-12 && all! <= Math.LN2 + 1e-12, `${all}`);
    }),
  );
});

test("gainTv(p, question) and questionBald(p, question) do not mind the order of the samples", () => {
  fc.assert(
    fc.property(randomPool(), fc.constantFrom(...kinds), fc.nat(2), fc.shuffledSubarray(pool.slice(0, 12), { minLength: 2, maxLength: 4 }), (p, kind, y, samples) => {
      const turned = [...samples].reverse();
      assertNear([gainTv(p, { kind, class: y, samples })], [gainTv(p, { kind, class: y, samples: turned })], 1e-9);
      assertNear([questionBald(p, { kind, class: y, samples })], [questionBald(p, { kind, class: y, samples: turned })], 1e-9);
    }),
  );
});

test("gainTv(p, question) refuses what cannot be asked or computed", () => {
  assert.throws(() => gainTv([[0.5, 0.6]], { kind: "all", class: 0, samples: [0] }), /gainTv: expected probabilities summing to 1, got 1.1 at sample 0/);
  assert.throws(() => gainTv([[0.5, 0.5]], { kind: "all", class: 2, samples: [0] }), /gainTv: expected a class from 0 to 1, got 2/);
  assert.throws(() => gainTv([[0.5, 0.5]], { kind: "all", class: 0, samples: [1] }), /gainTv: expected samples from 0 to 0, got 1/);
  assert.throws(() => gainTv([[0.5, 0.5]], { kind: "all", class: 0, samples: [0] }, { quantile: 1.5 }), /gainTv: expected a quantile from 0 to 1, got 1.5/);
});

function checked(nested: number[][][]): Probabilities {
  const shape = { samples: nested.length, classes: nested[0]!.length, draws: nested[0]![0]!.length };
  return probabilities(Float64Array.from(nested.flat(2)), shape);
}

/** 12 samples, 3 classes, 5 draws, with certain and impossible classes among them. */
function randomPool(): fc.Arbitrary<Probabilities> {
  const weight = fc.oneof({ weight: 4, arbitrary: fc.double({ min: 0.01, max: 1, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(0) });
  const row = fc.tuple(weight, weight, fc.double({ min: 0.01, max: 1, noNaN: true })).map((w) => w.map((each) => each / (w[0] + w[1] + w[2])));
  return fc
    .array(fc.array(row, { minLength: 5, maxLength: 5 }), { minLength: 12, maxLength: 12 })
    .map((samples) => checked(samples.map((draws) => [0, 1, 2].map((l) => draws.map((draw) => draw[l]!)))));
}

test("values(p, open, candidates) and best(…) refuse a kind, a class and samples that are none", () => {
  const p = probabilities(Float64Array.of(0.5, 0.5, 0.2, 0.8), { samples: 2, classes: 2 });
  for (const [name, criterion] of [["gainTv", gainTvCriterion()], ["gainTv", gainTvCriterion({ quantile: "mean" })], ["questionBald", questionBaldCriterion()]] as const)
    for (const ask of [criterion.values.bind(criterion), (...a: Parameters<typeof criterion.values>) => criterion.best(...a, 0, () => 0)]) {
      assert.throws(() => ask(p, { kind: "all", class: 0, kept: [2] }, [0]), new RegExp(`${name}: expected indices from 0 to 1, got 2`));
      assert.throws(() => ask(p, { kind: "all", class: 0, kept: [0] }, [5]), new RegExp(`${name}: expected indices from 0 to 1, got 5`));
      assert.throws(() => ask(p, { kind: "any", class: 2, kept: [] }, [0]), new RegExp(`${name}: expected a class from 0 to 1, got 2`));
      assert.throws(() => ask(p, { kind: "class" as "any", class: 0, kept: [] }, [0]), new RegExp(`${name}: expected a kind of "all" or "any", got class`));
    }
});
