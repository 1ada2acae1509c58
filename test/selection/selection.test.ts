import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allOffer, anyOffer, byUtility, chooseQuestion, classGainTv, classOffer, exchange, explore, gainTv, gainTvCriterion, meanOverDraws, probabilities, randomSource, screen, searchQuestion, type PoolView, type Probabilities, type Strategy } from "almq";
import { smallest } from "../../lib/selection/distanceQuantile";
import { vectors } from "../reference/vectors";

const p = probabilities(Float64Array.from(vectors.probabilities_mc.flat(2)), { samples: 14, classes: 4, draws: 7 });
const mean = meanOverDraws(p);
const everyone = Int32Array.from({ length: 14 }, (_, i) => i);
const criterion = gainTvCriterion({ quantile: 0.4 });

test("screen(mean, offer, class, candidates) keeps what the reference keeps", () => {
  for (const { question: kind, threshold, class: y = 0, kept } of vectors.screening)
    assert.deepEqual(Array.from(screen(mean, { kind, threshold }, y, everyone)), kept, `${kind} of class ${y} above ${threshold}`);
});

test("screen(mean, offer, class, candidates) lets one promising sample alone go, and keeps everyone when nobody is promising", () => {
  const two = probabilities(Float64Array.of(0.9, 0.1, 0.2, 0.8, 0, 1, 0, 1), { samples: 4, classes: 2 });
  assert.deepEqual(Array.from(screen(two, { kind: "all", threshold: 0.5 }, 0, [0, 1, 2, 3])), [0, 1]);
  assert.deepEqual(Array.from(screen(two, { kind: "all", threshold: 0.5 }, 0, [0, 1, 2, 3], 1)), [0], "one is enough where one is asked for");
  assert.deepEqual(Array.from(screen(two, { kind: "all", threshold: 0.5 }, 0, [2, 3])), [2, 3]);
});

test("explore(logits, classes, known) keeps what the reference keeps, at its radius", () => {
  for (const { logits, asked, explore_rate, initial_quantile, radius_steps, kept, radius } of vectors.exploration) {
    const settings = { rate: explore_rate, initialQuantile: initial_quantile, radii: radius_steps };
    const found = explore(Float32Array.from(logits.flat()), logits[0]!.length, asked, settings, randomSource(1));
    assert.deepEqual(Array.from(found.kept), kept);
    assert.ok(Math.abs(found.radius - radius) < 1e-6, `radius ${found.radius}, expected ${radius}`);
  }
});

test("explore(logits, classes, known) never keeps a known sample, and more of the pool the smaller the rate asks", () => {
  const random = randomSource(5);
  const logits = Float32Array.from({ length: 600 }, () => random.normal());
  const known = [3, 50, 120, 199];
  for (const rate of [0, 0.25, 0.9]) {
    const { kept } = explore(logits, 3, known, { rate }, randomSource(1));
    assert.ok(known.every((sample) => !kept.includes(sample)));
    if (rate < 0.9) assert.ok(kept.length > rate * 200);
  }
  assert.throws(() => explore(logits, 3, [], {}, random), /explore: expected at least one known sample, got 0/);
  assert.throws(() => explore(logits, 3, known, { rate: 1 }, random), /explore: expected a rate from 0 to below 1, got 1/);
});

test("smallest(values, rank) is what sorting finds", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 60 }), fc.nat(), (values, n) => {
      const rank = n % values.length;
      const sorted = Float64Array.from(values).sort();
      assert.equal(smallest(Float64Array.from(values), rank) + 0, sorted[rank]! + 0);
    }),
  );
});

test("exchange(p, question) in paper mode takes ⌊√m⌋ steps from the first position on", () => {
  for (const kind of ["all", "any"] as const) {
    const start = { kind, class: 1, samples: [3, 7, 9] };
    const { question, value } = exchange(p, start, criterion, everyone, "paper", randomSource(1));
    assert.deepEqual(question.samples.slice(1), [7, 9]);
    assert.ok(Math.abs(value - gainTv(p, question, { quantile: 0.4 })) < 1e-12);
    const values = Array.from(everyone, (sample) => ([7, 9].includes(sample) ? -1 : gainTv(p, { ...start, samples: [sample, 7, 9] }, { quantile: 0.4 })));
    assert.ok(Math.abs(value - Math.max(...values)) < 1e-12);
  }
});

test("exchange(p, question) in full mode ends where no single exchange helps", () => {
  for (const kind of ["all", "any"] as const)
    for (let y = 0; y < 4; y++) {
      const { question, value } = exchange(p, { kind, class: y, samples: [0, 1, 2] }, criterion, everyone, "full", randomSource(1));
      for (const position of [0, 1, 2])
        for (const sample of everyone) {
          const samples = question.samples.map((each, at) => (at === position ? sample : each));
          if (new Set(samples).size === 3) assert.ok(gainTv(p, { kind, class: y, samples }, { quantile: 0.4 }) <= value + 1e-12, `${kind} ${samples}`);
        }
    }
});

test("searchQuestion(…) takes the exact number of candidates as the question, and none from too few", () => {
  const offer = { ...anyOffer({ size: 3, cost: 1 }), kind: "any" as const };
  const found = searchQuestion({ draws: p, mean }, offer, criterion, Int32Array.of(2, 5, 8), "paper", randomSource(1))!;
  assert.deepEqual([...found.question.samples].sort(), [2, 5, 8]);
  assert.equal(searchQuestion({ draws: p, mean }, offer, criterion, Int32Array.of(2, 5), "paper", randomSource(1)), undefined);
});

test("byUtility(criterion) asks about the sample with the highest utility, ties by the seed alone", () => {
  const view = viewOf(p);
  const best = byUtility(classGainTv)(view, classOffer({ cost: 1, threshold: -1 }), everyone, randomSource(1))!;
  assert.equal(best.value, Math.max(...classGainTv(p)));
  const flat = byUtility(() => new Float64Array(14));
  const picks = [1, 2, 3, 4, 5, 6].map((seed) => flat(view, classOffer({ cost: 1, threshold: -1 }), everyone, randomSource(seed))!.question.samples[0]);
  assert.ok(new Set(picks).size > 1, "different seeds break the tie differently");
  assert.equal(picks[0], flat(view, classOffer({ cost: 1, threshold: -1 }), everyone, randomSource(1))!.question.samples[0]);
});

test("chooseQuestion(…) draws a question with probability ∝ score² and never one it cannot pay", () => {
  const offers = [classOffer({ cost: 1 }), allOffer({ size: 2, cost: 0.3 }), anyOffer({ size: 2, cost: 0.5 })];
  const strategy: Strategy = { name: "test", offers, draws: 7, searchClass: byUtility(classGainTv), searchYesNo: { criterion, mode: "full" } };
  const random = randomSource(3);
  const count = new Map(offers.map((offer) => [offer, 0]));
  const expected = offers.map(() => 0);
  const rounds = 2000;
  for (let i = 0; i < rounds; i++) {
    const choice = chooseQuestion(viewOf(p), strategy, { unshown: everyone, explored: everyone }, ({ cost }) => cost < 0.9, random)!;
    count.set(choice.offer, count.get(choice.offer)! + 1);
    const total = choice.scores!.reduce((sum, score) => sum + score ** 2, 0);
    choice.scores!.forEach((score, k) => (expected[k]! += score ** 2 / total));
  }
  assert.equal(count.get(offers[0]!), 0, "Class costs too much here");
  // four standard deviations of a binomial count
  offers.forEach((offer, k) => assert.ok(Math.abs(count.get(offer)! - expected[k]!) <= 4 * Math.sqrt(rounds / 4), `${offer.kind}: ${count.get(offer)} of ${expected[k]}`));
});

function viewOf(draws: Probabilities): PoolView {
  const average = meanOverDraws(draws);
  return { logits: new Float32Array(56), plain: average, draws, mean: average, embedding: { values: new Float32Array(14), width: 1 }, answered: [], part: () => assert.fail() };
}

test("exchange(…) and searchQuestion(…) leave equal samples and classes to the seed alone", () => {
  const even = probabilities(new Float64Array(8 * 3).fill(1 / 3), { samples: 8, classes: 3 });
  const [samples, classes] = [new Set<number>(), new Set<number>()];
  for (let seed = 0; seed < 60; seed++) {
    const start = { kind: "all" as const, class: 0, samples: [0, 1] };
    const uneven = probabilities(Float64Array.from({ length: 24 }, (_, at) => (at < 3 ? [0, 1, 0][at]! : 1 / 3)), { samples: 8, classes: 3 });
    samples.add(exchange(uneven, start, criterion, Int32Array.from({ length: 8 }, (_, i) => i), "paper", randomSource(seed)).question.samples[0]!);
    const offer = { ...anyOffer({ size: 2, cost: 1 }), kind: "any" as const };
    const found = searchQuestion({ draws: even, mean: even }, offer, criterion, Int32Array.from({ length: 8 }, (_, i) => i), "full", randomSource(seed))!;
    classes.add((found.question as { class: number }).class);
  }
  assert.deepEqual([...samples].sort(), [2, 3, 4, 5, 6, 7], "every sample that is as good as the others comes up");
  assert.deepEqual([...classes].sort(), [0, 1, 2], "every class comes up");
});

test("exchange(p, question) and screen(mean, …) refuse questions, candidates and modes that are none", () => {
  const start = { kind: "all" as const, class: 1, samples: [3, 7] };
  const from = (change: object, candidates: ArrayLike<number> = everyone, mode = "full") => () => exchange(p, { ...start, ...change }, criterion, candidates, mode as "full", randomSource(1));
  assert.throws(from({ class: 9 }), /exchange: expected a class from 0 to 3, got 9/);
  assert.throws(from({ samples: [] }), /exchange: expected at least one sample, got 0/);
  assert.throws(from({ samples: [3, 3] }), /exchange: expected different samples/);
  assert.throws(from({ kind: "class", samples: [3] }), /exchange: expected a kind of "all" or "any", got class/);
  assert.throws(from({}, [0, -1]), /exchange: expected indices from 0 to \d+, got -1 at position 1/);
  assert.throws(from({}, everyone, "ful"), /exchange: expected a mode of "paper" or "full", got ful/);
  assert.throws(() => screen(mean, { kind: "all", threshold: 0.5 }, 4, everyone), /screen: expected a class from 0 to 3, got 4/);
  assert.throws(() => screen(mean, { kind: "all", threshold: NaN }, 0, everyone), /screen: expected a finite threshold, got null|NaN/);
  assert.throws(() => screen(mean, { kind: "all", threshold: 0.5 }, 0, [1, 999]), /screen: expected indices from 0 to \d+, got 999 at position 1/);
});

test("explore(logits, classes, known) keeps the same with 300 classes as a look at all distances", () => {
  const [count, classes] = [60, 300];
  const random = randomSource(3);
  const logits = Float32Array.from({ length: count * classes }, () => random.normal());
  const { kept, radius } = explore(logits, classes, [0, 7], { rate: 0.3 }, randomSource(1));
  const away = (a: number, b: number) => Math.hypot(...Array.from({ length: classes }, (_, l) => logits[a * classes + l]! - logits[b * classes + l]!));
  assert.deepEqual([...kept], Array.from({ length: count }, (_, i) => i).filter((i) => Math.min(away(i, 0), away(i, 7)) > radius));
});

test("explore(…), searchQuestion(…) and byUtility(…) refuse what would go unnoticed", () => {
  const logits = Float32Array.from({ length: 20 }, (_, i) => Math.sin(i * i));
  for (const known of [[99], [-1]]) assert.throws(() => explore(logits, 2, known, {}, randomSource(1)), /explore: expected indices from 0 to 9/);
  assert.throws(() => explore(logits, 3, [0], {}, randomSource(1)), /explore: expected rows of 3 logits, got 20 logits/);
  assert.throws(() => explore(logits, 0, [0], {}, randomSource(1)), /explore: expected at least one class, got 0/);
  assert.throws(() => explore(logits.map((z, i) => (i === 5 ? NaN : z)), 2, [0], {}, randomSource(1)), /explore: expected finite logits, got .* at sample 2/);
  const offer = { ...anyOffer({ size: 2, cost: 1 }), kind: "any" as const };
  assert.throws(() => searchQuestion({ draws: p, mean }, offer, criterion, Int32Array.of(2, 2, 2), "paper", randomSource(1)), /searchQuestion: expected every index once, got 2/);
  assert.throws(() => searchQuestion({ draws: p, mean }, offer, criterion, everyone, "fulll" as "full", randomSource(1)), /searchQuestion: expected a mode/);
  const ask = (utility: () => ArrayLike<number>) => () => byUtility(utility)(viewOf(p), classOffer({ cost: 1, threshold: 0 }), everyone, randomSource(1));
  assert.throws(ask(() => [0.1]), /byUtility: expected utilities of \d+ samples, got 1/);
  assert.throws(ask(() => classGainTv(p).map((u, i) => (i === 2 ? NaN : u))), /byUtility: expected utilities that are numbers, got .* at sample 2/);
});
