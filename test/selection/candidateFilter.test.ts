import assert from "node:assert/strict";
import { test } from "node:test";
import {
  activeLearning, bald, densityCells, entropy, evenPart, filterCost, floatSamples, gaussianClasses, labeled, labelOracle, logistic, mostUseful, poolView, randomInitialSet, randomPart,
  randomSource, topK, type CandidateFilter, type Samples, type Strategy,
} from "almq"; // prettier-ignore
import fc from "fast-check";

const ascending = fc.uniqueArray(fc.nat(299), { minLength: 1, maxLength: 120 }).map((samples) => Int32Array.from(samples).sort());
const shares = fc.double({ min: 0.001, max: 1, noNaN: true });
const cellsOf = (seed: number, count: number) => {
  const random = randomSource(seed);
  return { of: Uint16Array.from({ length: 300 }, () => Math.floor(count * random.next() ** 3)), count };
};
const counted = (samples: ArrayLike<number>, of: Uint16Array, count: number) => Array.from({ length: count }, (_, cell) => Array.from(samples).filter((sample) => of[sample] === cell).length);

test("randomPart(share) and evenPart(share, cells) leave as many candidates as they say, none twice, in their order, the same for a seed", () => {
  fc.assert(
    fc.property(ascending, shares, fc.nat(), fc.integer({ min: 1, max: 9 }), fc.nat(20), (candidates, share, seed, count, wanted) => {
      const atLeast = Math.min(wanted, candidates.length);
      for (const filter of [randomPart(share), evenPart(share, cellsOf(seed, count))]) {
        const part = filter(candidates, atLeast, randomSource(seed));
        assert.equal(part.length, Math.max(atLeast, Math.ceil(share * candidates.length - 1e-9)));
        const kept = new Set(part);
        assert.deepEqual(part, candidates.filter((sample) => kept.has(sample)));
        assert.deepEqual(filter(candidates, atLeast, randomSource(seed)), part);
      }
    }),
  );
});

test("randomPart(share) looks at every candidate equally often, and at others with another seed", () => {
  const candidates = Int32Array.from({ length: 10 }, (_, i) => 7 * i);
  const seen = new Map<number, number>();
  for (let seed = 0; seed < 4000; seed++) for (const sample of randomPart(0.3)(candidates, 1, randomSource(seed))) seen.set(sample, (seen.get(sample) ?? 0) + 1);
  for (const sample of candidates) assert.ok(Math.abs(seen.get(sample)! - 1200) < 4.5 * Math.sqrt(4000 * 0.3 * 0.7), `${sample}: ${seen.get(sample)}`);
});

test("evenPart(share, cells) takes small cells whole, and as many of every other", () => {
  fc.assert(
    fc.property(ascending, shares, fc.nat(), fc.integer({ min: 1, max: 9 }), (candidates, share, seed, count) => {
      const cells = cellsOf(seed, count);
      const sizes = counted(candidates, cells.of, count);
      const parts = counted(evenPart(share, cells)(candidates, 1, randomSource(seed)), cells.of, count);
      const cut = parts.filter((part, cell) => part < sizes[cell]!);
      if (cut.length === 0) return;
      assert.ok(Math.max(...parts) - Math.min(...cut) <= 1, `${parts} of ${sizes}`);
    }),
  );
});

test("randomPart(share), evenPart(share, cells) and densityCells(samples) refuse what is out of range", () => {
  for (const share of [0, -0.1, 1.1, NaN]) {
    assert.throws(() => randomPart(share), /randomPart: expected a share above 0 and at most 1, got/);
    assert.throws(() => evenPart(share, { of: new Uint16Array(1), count: 1 }), /evenPart: expected a share above 0/);
  }
  const random = randomSource(1);
  assert.throws(() => evenPart(1, { of: new Uint16Array(3), count: 1 })(Int32Array.of(1, 3), 1, random), /evenPart: expected candidates among the 3 samples with a cell, got 3/);
  assert.throws(() => evenPart(1, { of: Uint16Array.of(0, 4), count: 2 })(Int32Array.of(0, 1), 1, random), /evenPart: expected cells from 0 to 1, got 4 at sample 1/);
  const samples = floatSamples(Float32Array.of(1, 2, NaN), [1]);
  assert.throws(() => densityCells(samples, { cells: 4 }, random), /densityCells: expected 1 to 3 cells, got 4/);
  assert.throws(() => densityCells(samples, { cells: 1, reference: 0 }, random), /densityCells: expected at least 1 reference sample, got 0/);
  assert.throws(() => densityCells(samples, { cells: 1, block: 0 }, random), /densityCells: expected blocks of at least 1 sample, got 0/);
  const late = floatSamples(Float32Array.from({ length: 50 }, (_, i) => (i === 40 ? NaN : i)), [1]);
  assert.throws(() => densityCells(late, { cells: 1, reference: 1 }, randomSource(2)), /densityCells: expected finite numbers, got .* at sample 40/);
});

const rare = { name: "rare", count: 20, mean: [8, 8], sd: 0.5 };
const world = gaussianClasses([{ name: "one", count: 600, mean: [0, 0], sd: 1 }, { name: "two", count: 380, mean: [3, 0], sd: 1 }, rare], {}, randomSource(3));

test("densityCells(samples) keeps a cloud apart from others, however the pool is cut, and evenPart shows all of a rare one", () => {
  const cells = densityCells(world.samples, { cells: 6, block: 64 }, randomSource(1));
  assert.deepEqual(densityCells(world.samples, { cells: 6 }, randomSource(1)), cells);
  const ofRare = new Set(Array.from(cells.of).filter((_, sample) => world.labels[sample] === 2));
  cells.of.forEach((cell, sample) => assert.equal(ofRare.has(cell), world.labels[sample] === 2));
  const everyone = Int32Array.from({ length: 1000 }, (_, i) => i);
  const rareIn = (filter: CandidateFilter) => filter(everyone, 1, randomSource(1)).filter((sample) => world.labels[sample] === 2).length;
  assert.equal(rareIn(evenPart(0.2, cells)), 20);
  assert.ok(rareIn(randomPart(0.2)) < 12);
});

/** The pool, and the rows that were read of it. */
function watched(samples: Samples): Samples & { rows: Set<number> } {
  const rows = new Set<number>();
  return {
    ...samples,
    rows,
    read(indices, out) {
      for (const row of Array.from(indices)) rows.add(row);
      samples.read(indices, out);
    },
  };
}
const options = { name: "EN", draws: 0 };
const everyone = Int32Array.from({ length: 1000 }, (_, i) => i);
const look = (samples: Samples, strategy: Strategy, seed: number, candidates: Int32Array = everyone) => {
  const view = poolView(logistic({ inputs: 2, classes: 3, random: randomSource(1) }), samples, [], 0, randomSource(2));
  return Int32Array.from(strategy.searchBatch!(view, candidates, 10, randomSource(seed)));
};

test("mostUseful(criterion, { filter }) reads what it looks at and nothing else, asks for no other, and for the best of it", () => {
  const cells = densityCells(world.samples, { cells: 6 }, randomSource(1));
  for (const part of [randomPart(0.05), evenPart(0.05, cells)]) {
    let looked: Int32Array | undefined;
    const filter: CandidateFilter = (...given) => (looked = part(...given));
    const samples = watched(world.samples);
    const chosen = look(samples, mostUseful(entropy, { ...options, block: 7, filter }), 4);
    assert.deepEqual(samples.rows, new Set(looked));
    assert.equal(looked!.length, 50);
    assert.equal(new Set(chosen).size, 10);
    assert.deepEqual(chosen, look(world.samples, mostUseful(entropy, options), 4, looked));
    assert.notDeepEqual(look(world.samples, mostUseful(entropy, { ...options, filter }), 5), chosen);
  }
});

test("mostUseful(criterion, { filter }) refuses a filter that leaves fewer than the batch", () => {
  const filter: CandidateFilter = (candidates) => candidates.subarray(0, 3);
  assert.throws(() => look(world.samples, mostUseful(entropy, { ...options, filter }), 1), /mostUseful: expected a filter that leaves at least 10 candidates, got 3/);
});

const run = async (filter?: CandidateFilter) => {
  const { samples: pool, labels } = world;
  const random = randomSource(5);
  const strategy = mostUseful(bald, { name: "BALD", draws: 8, ...(filter && { filter }) });
  const initial = randomInitialSet(labels, 10, random).map((sample) => labeled(sample, labels[sample]!));
  const fit = { epochs: 20, batchSize: 8, learningRate: 0.05, fidelity: "corrected" } as const;
  const { records } = await activeLearning({ pool, labels, classifier: logistic({ inputs: 2, classes: 3, random }), oracle: labelOracle(labels, 3), strategy, budget: 30, batchBudget: 10, random, initial, fit });
  return records;
};

test("activeLearning({ strategy: mostUseful(…, { filter }) }) asks with a share of 1 what it asks without, and the same again with any", async () => {
  const cells = densityCells(world.samples, {}, randomSource(1));
  const without = await run();
  assert.deepEqual(await run(randomPart(1)), without);
  assert.deepEqual(await run(evenPart(1, cells)), without);
  const part = await run(randomPart(0.1));
  assert.deepEqual(await run(randomPart(0.1)), part);
  const asked = part.slice(1).map(({ question }) => question!.samples[0]);
  assert.equal(new Set(asked).size, 30);
  assert.notDeepEqual(part, without);
});

test("filterCost(utilities, filter) is nothing for a share of 1, and never negative", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 5, maxLength: 60 }), shares, fc.nat(), (utilities, share, seed) => {
      const batch = { batchSize: 5, repeats: 4 };
      const { fullUtility, ...all } = filterCost(utilities, randomPart(1), batch, randomSource(seed));
      assert.deepEqual(all, { looked: utilities.length, found: 1, utility: fullUtility, lost: 0, lostSd: 0 });
      const part = filterCost(utilities, randomPart(share), batch, randomSource(seed));
      assert.ok(part.lost >= -1e-12 && part.found >= 0 && part.found <= 1 && part.utility <= fullUtility + 1e-12);
    }),
  );
});

test("filterCost(utilities, filter) finds the share that was looked at, and loses what order statistics say", () => {
  const random = randomSource(9);
  const utilities = Float64Array.from({ length: 10_000 }, () => random.next());
  const { looked, found, lost, lostSd, fullUtility } = filterCost(utilities, randomPart(0.1), { batchSize: 100, repeats: 100 }, random);
  assert.equal(looked, 1000);
  assert.ok(Math.abs(found - 0.1) < 4.5 * Math.sqrt((0.1 * 0.9) / 100 / 100), `${found}`);
  // of n uniform numbers the best k have mean 1 − (k + 1) / 2(n + 1)
  assert.ok(Math.abs(fullUtility - (1 - 101 / 2 / 10_001)) < 0.005, `${fullUtility}`);
  assert.ok(Math.abs(lost - (101 / 2 / 1001 - 101 / 2 / 10_001)) < (4.5 * lostSd) / Math.sqrt(100) + 0.001, `${lost}`);
  const candidates = topK(utilities, { batchSize: 100 }, random);
  assert.equal(filterCost(utilities, randomPart(0.5), { batchSize: 100, candidates }, random).lost, 0);
});

test("filterCost(utilities, filter) refuses utilities that are not finite, one repeat, and a batch larger than the pool", () => {
  assert.throws(() => filterCost([1, Infinity], randomPart(1), { batchSize: 1 }, randomSource(1)), /filterCost: expected finite utilities, got Infinity at sample 1/);
  assert.throws(() => filterCost([1, 2], randomPart(1), { batchSize: 1, repeats: 1 }, randomSource(1)), /filterCost: expected at least 2 repeats, got 1/);
  assert.throws(() => filterCost([1, 2], randomPart(1), { batchSize: 3 }, randomSource(1)), /filterCost: expected a batch size of at most 2/);
});
