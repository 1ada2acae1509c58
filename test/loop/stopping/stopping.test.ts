import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import {
  activeLearning, allOf, anyOf, atRandom, badgeStrategy, expectedAnswers, inMemory, labeled, labelOracle, labelStrategy, loadDataset, logistic, lowUncertainty,
  maxTime, plateau, randomInitialSet, randomSource, split, stablePredictions, standardize, timedOracle,
  type Answer, type Ended, type LearnedState, type Metrics, type Run, type RunOutcome, type StoppingRule,
} from "almq"; // prettier-ignore

const certain = { count: 10, entropy: { mean: 0, largest: 0 }, leastConfidence: { mean: 0, largest: 0 } };

function metricsOf(accuracy: number): Metrics {
  return { accuracy, crossEntropy: 0, entropy: 0, variance: 0, leastConfidence: 0 };
}

/** A history in which only what a test is about changes. */
function history(...changes: readonly Partial<LearnedState>[]): LearnedState[] {
  const pool = metricsOf(0.5);
  return changes.map((change, round) => ({ round, questions: round, spent: round, seconds: round, answerSeconds: 0, asked: [], pool, test: pool, predicted: Int32Array.of(0), unasked: certain, ...change }));
}

function accuracies(values: readonly number[]): LearnedState[] {
  return history(...values.map((accuracy) => ({ test: metricsOf(accuracy) })));
}

/** The round in which a rule first stops, as a run would ask it. */
function stopsAt(rule: StoppingRule, states: readonly LearnedState[]): number | undefined {
  return states.find((_, i) => rule(states.slice(0, i + 1)) !== undefined)?.round;
}

test("plateau({ rounds, improvement }) stops when the best of the last rounds is not above the best before", () => {
  const rule = plateau({ rounds: 3, improvement: 0.01 });
  assert.equal(stopsAt(rule, accuracies([0.5, 0.6, 0.7, 0.7, 0.705, 0.7])), 5);
  assert.equal(stopsAt(rule, accuracies([0.5, 0.6, 0.7, 0.69, 0.6, 0.72, 0.8])), undefined, "two bad rounds are no plateau");
  assert.equal(stopsAt(rule, accuracies([0.5, 0.506, 0.512, 0.518, 0.524, 0.53])), undefined, "a slow rise is no plateau");
  assert.equal(stopsAt(rule, accuracies([0.9, 0.8, 0.7, 0.6])), 3, "a fall is one");
  assert.equal(stopsAt(plateau({ rounds: 2, improvement: 0 }), accuracies([0.5, 0.5, 0.5])), 2);
  assert.deepEqual(rule(accuracies([0.5, 0.5, 0.5, 0.5])), { by: "plateau", because: "the best test accuracy of the last 3 rounds is 0.500, of those before 0.500" });
});

test("plateau({ rounds, improvement }) says the same of every accuracy shifted, and stops no later when it asks for more", () => {
  const walks = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(walks, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 20 }), (walk, rounds, step) => {
      const states = (shift: number) => accuracies(walk.map((each) => (each + shift) / 128)); // exact in binary
      const at = stopsAt(plateau({ rounds, improvement: step / 128 }), states(0));
      assert.equal(stopsAt(plateau({ rounds, improvement: step / 128 }), states(50)), at);
      const impatient = stopsAt(plateau({ rounds, improvement: (step + 3) / 128 }), states(0)) ?? Infinity;
      assert.ok(impatient <= (at ?? Infinity));
      assert.ok(at === undefined || at >= rounds);
    }),
  );
});

test("plateau() refuses options out of range, and a run without what it measures on", () => {
  assert.throws(() => plateau({ rounds: 0 }), /plateau: expected at least one round, got 0/);
  assert.throws(() => plateau({ improvement: -0.1 }), /plateau: expected an improvement from 0 to 1, got -0.1/);
  assert.throws(() => plateau({ on: "tset" as "test" }), /plateau: expected "test" or "pool" to measure on, got tset/);
  const { test: _, ...untested } = history({})[0]!;
  assert.throws(() => plateau()([untested]), /plateau: expected a test set to measure on, got none/);
  const unlabeled = { entropy: 0, variance: 0, leastConfidence: 0 };
  assert.throws(() => plateau({ on: "pool" })(history({ pool: unlabeled })), /plateau: expected known labels of the pool to measure with, got none/);
});

test("lowUncertainty({ threshold }) looks at the mean or the largest of what was not asked", () => {
  const states = history({ unasked: { count: 4, entropy: { mean: 0.08, largest: 0.6 }, leastConfidence: { mean: 0.03, largest: 0.3 } } });
  assert.equal(lowUncertainty({ threshold: 0.08 })(states)?.because, "the mean entropy of what was not asked is 0.080");
  assert.equal(lowUncertainty({ threshold: 0.0799 })(states), undefined);
  assert.equal(lowUncertainty({ threshold: 0.5, of: "largest" })(states), undefined);
  assert.equal(lowUncertainty({ threshold: 0.1, measure: "leastConfidence" })(states)?.because, "the model is 97 % sure of what was not asked at the mean");
  assert.equal(lowUncertainty({ threshold: 0.3, measure: "leastConfidence", of: "largest" })(states)?.because, "the model is at least 70 % sure of all that was not asked");
  assert.throws(() => lowUncertainty({ threshold: 1.5 }), /lowUncertainty: expected a threshold from 0 to 1, got 1.5/);
  assert.throws(() => lowUncertainty({ threshold: 0.1, measure: "margin" as "entropy" }), /expected a measure of "entropy" or "leastConfidence", got margin/);
  assert.throws(() => lowUncertainty({ threshold: 0.1, of: "median" as "mean" }), /expected "mean" or "largest" of the uncertainties, got median/);
});

test("stablePredictions({ kappa, rounds }) looks at the mean kappa of the last pairs of models", () => {
  const predictions = (...lists: number[][]) => history(...lists.map((list) => ({ predicted: Int32Array.from(list) })));
  const [a, b] = [[0, 0, 1, 1], [0, 0, 1, 0]] as const; // κ = 0.5
  const rule = stablePredictions({ kappa: 0.75, rounds: 2 });
  assert.equal(stopsAt(rule, predictions([...a], [...b], [...a], [...a], [...a])), 3, "κ of 0.5, 0.5, 1, 1");
  assert.equal(stopsAt(stablePredictions({ rounds: 3 }), predictions([...a], [...a], [...a])), undefined, "two pairs are not three");
  assert.equal(stopsAt(stablePredictions({ rounds: 2 }), predictions([...a], [...a], [...a])), 2);
  assert.throws(() => stablePredictions({ kappa: 2 }), /stablePredictions: expected a kappa from 0 to 1, got 2/);
  assert.throws(() => stablePredictions({ rounds: 1.5 }), /stablePredictions: expected at least one pair of models, got 1.5/);
});

test("expectedAnswers({ last, share }) counts the answers that told something", () => {
  const answered = (answers: readonly Answer[], expected: readonly Answer[]) =>
    history({}, { asked: answers.map((answer, i) => ({ question: { kind: "class", samples: [i] }, answer, expected: expected[i]! })) });
  assert.equal(expectedAnswers({ last: 2, share: 1 })(answered([0, 1, 1], [2, 1, 1]))?.because, "the model expected 2 of the last 2 answers");
  assert.equal(expectedAnswers({ last: 3, share: 0.7 })(answered([0, 1, 1], [2, 1, 1])), undefined);
  assert.equal(expectedAnswers({ last: 4, share: 0.1 })(answered([0, 1, "cannot tell", 1], [2, 1, 1, 1])), undefined, "three answers are not four");
  assert.equal(expectedAnswers({ last: 10, share: 0.9 })(answered(Array(10).fill(1), [0, ...Array(9).fill(1)]))?.by, "expectedAnswers");
  assert.throws(() => expectedAnswers({ last: 0 }), /expectedAnswers: expected at least one answer, got 0/);
  assert.throws(() => expectedAnswers({ share: 0 }), /expectedAnswers: expected a share above 0 and at most 1, got 0/);
});

test("maxTime({ seconds }) counts the clock's seconds or the answers'", () => {
  const states = history({ seconds: 4, answerSeconds: 61 });
  assert.equal(maxTime({ seconds: 60 })(states), undefined);
  assert.equal(maxTime({ seconds: 60, of: "answers" })(states)?.because, "61.0 of 60 seconds have passed");
  assert.throws(() => maxTime({ seconds: 0 }), /maxTime: expected finite seconds above 0, got 0/);
  assert.throws(() => maxTime({ seconds: 1, of: "days" as "clock" }), /maxTime: expected seconds of the "clock" or of "answers", got days/);
});

test("anyOf(…rules) stops with the first, allOf(…rules) with the last of them", () => {
  const from = (round: number): StoppingRule => (states) => (states.at(-1)!.round >= round ? { by: `r${round}`, because: `round ${round}` } : undefined);
  const states = history({}, {}, {}, {}, {});
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }), (rounds) => {
      assert.equal(stopsAt(anyOf(...rounds.map(from)), states), Math.min(...rounds));
      assert.equal(stopsAt(allOf(...rounds.map(from)), states), Math.max(...rounds));
    }),
  );
  assert.deepEqual(anyOf(from(9), from(2), from(1))(states), { by: "r2", because: "round 2" });
  assert.deepEqual(allOf(from(2), from(1))(states), { by: "r2 + r1", because: "round 2, and round 1" });
  assert.throws(() => anyOf(), /anyOf: expected at least one stopping rule, got 0/);
  assert.throws(() => allOf(), /allOf: expected at least one stopping rule, got 0/);
});

let digits: Pick<Run, "pool" | "labels" | "test" | "oracle" | "initial">;

before(async () => {
  const data = await loadDataset("handwriting", { standIn: true, size: 300 });
  const { pool, test } = split(data, { testShare: 0.25, random: randomSource(1) });
  const scaled = (samples: typeof pool.samples) => inMemory(standardize(samples, pool.samples));
  const initial = randomInitialSet(pool.labels, 20, randomSource(2)).map((sample) => labeled(sample, pool.labels[sample]!));
  digits = { pool: scaled(pool.samples), labels: pool.labels, test: { ...test, samples: scaled(test.samples) }, oracle: labelOracle(pool.labels, 10), initial };
});

function run(change: Partial<Run> = {}): Promise<Ended<RunOutcome>> {
  const random = randomSource(7);
  const classifier = logistic({ inputs: 64, classes: 10, random: random.split("weights") });
  const fit = { epochs: 15, batchSize: 64, learningRate: 5e-3, fidelity: "corrected" } as const;
  return activeLearning({ ...digits, classifier, strategy: labelStrategy("RA", 0, atRandom), budget: 12, batchBudget: 2, fit, random, ...change });
}

test("activeLearning(run) says why it ended: the budget, the pool, whoever watches, a rule", async () => {
  assert.deepEqual((await run()).stopped, { by: "budget", because: "12 of 12 is spent, and nothing on offer costs as little as what is left" });
  assert.equal((await run({ onBatch: ({ round }) => (round === 2 ? "stop" : undefined) })).stopped.by, "onBatch");
  const all = Array.from(digits.labels!, (label, sample) => labeled(sample, label));
  assert.deepEqual((await run({ initial: all.slice(0, -3) })).stopped, { by: "pool", because: "nothing is left to ask" });
  const third: StoppingRule = (states) => (states.length > 3 ? { by: "third", because: "three batches" } : undefined);
  const { stopped, records } = await run({ stopWhen: third });
  assert.deepEqual(stopped, { by: "third", because: "three batches" });
  assert.equal(records.at(-1)!.spent, 6);
});

test("activeLearning(run) with a rule keeps the records of the run without it, up to the stop", async () => {
  for (const strategy of [labelStrategy("RA", 0, atRandom), badgeStrategy()]) {
    const whole = await run({ strategy });
    const short = await run({ strategy, stopWhen: (states) => (states.length > 2 ? { by: "two", because: "" } : undefined) });
    assert.deepEqual(short.records, whole.records.slice(0, 5));
  }
});

test("activeLearning(run) lets rules see every state once, from before the first question on", async () => {
  const seen: LearnedState[][] = [];
  const oracle = timedOracle(digits.oracle, () => 3, 0, randomSource(1));
  const { records } = await run({ oracle, stopWhen: (states) => void seen.push([...states]) as undefined });
  assert.deepEqual(seen.map((states) => states.length), [1, 2, 3, 4, 5, 6, 7]);
  const states = seen.at(-1)!;
  assert.deepEqual(states.map(({ round, questions, spent, answerSeconds }) => [round, questions, spent, answerSeconds]), [0, 1, 2, 3, 4, 5, 6].map((round) => [round, 2 * round, 2 * round, 6 * round]));
  assert.deepEqual(states.map((state) => state.test!.accuracy), [0, 2, 4, 6, 8, 10, 12].map((step) => records[step]!.test!.accuracy));
  states.forEach((state, round) => {
    assert.equal(state.unasked.count, 225 - 20 - 2 * round);
    assert.equal(state.asked.length, round === 0 ? 0 : 2);
    assert.ok(state.unasked.entropy.mean > 0 && state.unasked.entropy.largest <= 1 && state.unasked.entropy.mean < state.unasked.entropy.largest);
    const right = state.predicted.reduce((count, label, i) => count + (label === digits.labels![i] ? 1 : 0), 0);
    assert.equal(right / 225, state.pool.accuracy);
    assert.ok(round === 0 || state.seconds > states[round - 1]!.seconds);
  });
});

test("activeLearning(run) stops before the first question where the model already is sure enough", async () => {
  const { records, stopped } = await run({ stopWhen: lowUncertainty({ threshold: 1 }) });
  assert.equal(records.length, 1);
  assert.equal(stopped.by, "lowUncertainty");
});

test("activeLearning(run) refuses a rule that is none, and one that cannot measure, before anything is asked", async () => {
  const oracle = { ask: () => assert.fail("asked") };
  await assert.rejects(run({ oracle, stopWhen: "plateau" as unknown as StoppingRule }), /activeLearning: expected a stopping rule such as plateau\(\), got plateau/);
  const { test: _, ...untested } = digits;
  const random = randomSource(7);
  const open = activeLearning({ ...untested, oracle, classifier: logistic({ inputs: 64, classes: 10, random }), strategy: badgeStrategy(), budget: 2, batchBudget: 1, fit: { epochs: 1, batchSize: 64, learningRate: 5e-3, fidelity: "paper" }, random, stopWhen: plateau() });
  await assert.rejects(open, /plateau: expected a test set to measure on, got none/);
});
