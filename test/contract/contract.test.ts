import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { bald, klToConsensus, permutation, probabilities, randomSource } from "almq";
import { choices, notCriteria, scores } from "./criteria";
import { anyWorld, copyOf, reorderClasses, reorderSamples, smoothWorld, towardsUniform, type World } from "./world";

const rounding = 1e-9;
const runs = { numRuns: 60 };

/** Equal but for rounding. */
function near(got: ArrayLike<number>, expected: ArrayLike<number>): void {
  assert.equal(got.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs(got[i]! - expected[i]!);
    assert.ok(got[i] === expected[i] || apart <= rounding * Math.max(1, Math.abs(expected[i]!)), `${got[i]} and ${expected[i]} at ${i}`);
  }
}

function orderOf(count: number, seed: number): number[] {
  return Array.from(permutation(count, randomSource(seed)));
}

test("Every criterion that almq exports has a contract", () => {
  const index = readFileSync(join(__dirname, "../../../lib/index.ts"), "utf8");
  const lines = [...index.matchAll(/^export \{(.*)\} from "\.\/acquisition\/.*$/gm)];
  const functions = lines.flatMap(([, names]) => names!.split(",").map((name) => name.trim())).filter((name) => !name.startsWith("type "));
  assert.ok(functions.length > 20);
  const known = new Set([...Object.keys(scores).map((name) => name.split(" ")[0]!), ...Object.keys(choices), ...notCriteria]);
  assert.deepEqual(functions.filter((name) => !known.has(name)), []);
});

for (const [name, contract] of Object.entries(scores)) {
  test(`${name} stays within its bounds, zeros, certainty and repetitions included`, () => {
    fc.assert(
      fc.property(anyWorld(), (world) => {
        const [least, most] = contract.bounds(world.p.classes, world.p.draws);
        const utilities = contract.score(world);
        assert.ok(utilities instanceof Float64Array);
        assert.equal(utilities.length, world.p.samples);
        for (const utility of utilities) assert.ok(utility >= least - rounding && utility <= most + rounding, `${utility} outside ${least} … ${most}`);
      }),
      runs,
    );
  });

  test(`${name} modifies nothing and gives the same twice`, () => {
    fc.assert(
      fc.property(anyWorld(), (world) => {
        const before = copyOf(world);
        const utilities = contract.score(world);
        assert.deepEqual(world, before);
        assert.deepEqual(contract.score(world), utilities);
      }),
      runs,
    );
  });

  if (contract.placesAlike !== false)
    test(`${name} follows the samples into another order`, () => {
      fc.assert(
        fc.property(anyWorld(), fc.nat(), (world, seed) => {
          const order = orderOf(world.p.samples, seed);
          const utilities = contract.score(world);
          near(contract.score(reorderSamples(world, order)), order.map((from) => utilities[from]!));
        }),
        runs,
      );
    });

  if (contract.classesAlike !== false)
    test(`${name} does not mind the order of the classes`, () => {
      fc.assert(
        fc.property(anyWorld(), fc.nat(), (world, seed) => {
          near(contract.score(reorderClasses(world, orderOf(world.p.classes, seed))), contract.score(world));
        }),
        runs,
      );
    });

  if (contract.towardsUniform !== undefined)
    test(`${name} ${contract.towardsUniform} as predictions move towards the uniform one`, () => {
      const sign = contract.towardsUniform === "rises" ? 1 : -1;
      fc.assert(
        fc.property(anyWorld(), fc.double({ min: 0, max: 1, noNaN: true }), (world, part) => {
          const before = contract.score(world);
          contract.score(towardsUniform(world, part)).forEach((after, i) => {
            const slack = rounding * Math.max(1, Math.abs(before[i]!));
            assert.ok(after === before[i] || sign * (after - before[i]!) >= -slack, `${before[i]} became ${after}`);
          });
        }),
        runs,
      );
    });

  if (contract.needsDraws === true)
    test(`${name} refuses a committee of one`, () => {
      const p = probabilities(Float64Array.of(0.5, 0.5), { samples: 1, classes: 2 });
      const message = new RegExp(`^${name.split(" ")[0]}: expected at least two draws, got 1$`);
      assert.throws(() => contract.score({ p, features: [Float64Array.of(1, 2, 3)] }), { name: "InputError", message });
    });

  if (contract.featuresOnly !== true)
    test(`${name} refuses what is no table of probabilities, and says where`, () => {
      const bad: [Float64Array, number, RegExp][] = [
        [Float64Array.of(0.6, 0.6, 0.6, 0.6), 1, /^\w+: expected probabilities summing to 1, got 1\.2 at sample 0, draw 0$/],
        [Float64Array.of(-0.1, 0.5, 1.1, 0.5), 1, /^\w+: expected probabilities from 0 to 1, got -0\.1 at sample 0$/],
        [Float64Array.of(NaN, 0.5, 1, 0.5), 1, /^\w+: expected probabilities from 0 to 1, got NaN at sample 0$/],
        [Float64Array.of(0.5, 0.5, 0.5), 1, /^\w+: expected 1 × 2 × 2 = 4 values, got 3$/],
        [new Float64Array(0), 0, /^\w+: expected at least one sample, got 0$/],
      ];
      for (const [values, samples, message] of bad) {
        if (samples === 0 && contract.classesAlike === false) continue; // a question about no sample is not asked at all
        const p = { values, samples, classes: 2, draws: 2 } as unknown as World["p"];
        assert.throws(() => contract.score({ p, features: [Float64Array.of(1, 2, 3)] }), { name: "InputError", message });
      }
    });
}

for (const [name, contract] of Object.entries(choices)) {
  test(`${name} chooses candidates only, none twice, down to the last, and modifies nothing`, () => {
    fc.assert(
      fc.property(anyWorld(2), fc.nat(), (world, seed) => {
        const before = copyOf(world);
        const candidates = orderOf(world.p.samples, seed).slice(0, 1 + (seed % world.p.samples));
        for (const batchSize of new Set([1, Math.ceil(candidates.length / 2), candidates.length])) {
          const batch = contract.choose(world, { batchSize, candidates }, randomSource(seed));
          assert.ok(batch instanceof Int32Array);
          assert.equal(batch.length, batchSize);
          assert.equal(new Set(batch).size, batchSize, `${batch}`);
          for (const sample of batch) assert.ok(candidates.includes(sample), `${sample} of ${candidates}`);
        }
        assert.deepEqual(world, before);
      }),
      runs,
    );
  });

  test(`${name} lets the seed alone decide: the same seed, the same batch`, () => {
    fc.assert(
      fc.property(anyWorld(2), fc.nat(), (world, seed) => {
        const options = { batchSize: Math.ceil(world.p.samples / 2) };
        assert.deepEqual(contract.choose(world, options, randomSource(seed)), contract.choose(copyOf(world), options, randomSource(seed)));
      }),
      runs,
    );
  });

  test(`${name} takes any of equal samples, as the seed decides`, () => {
    const [world] = fc.sample(smoothWorld(4), { numRuns: 1, seed: 1 });
    const alike = reorderSamples(world!, [0, 0, 0, 0]);
    const seen = new Set<number>();
    for (let seed = 0; seed < 300; seed++) seen.add(contract.choose(alike, { batchSize: 1 }, randomSource(seed))[0]!);
    assert.equal(seen.size, 4);
  });

  if (contract.first !== undefined)
    test(`${name} of a batch of 1 takes the largest utility`, () => {
      fc.assert(
        fc.property(anyWorld(), fc.nat(), (world, seed) => {
          const utilities = contract.first!(world);
          const [chosen] = contract.choose(world, { batchSize: 1 }, randomSource(seed));
          assert.ok(utilities[chosen!]! >= Math.max(...utilities) - rounding, `${utilities[chosen!]} of ${utilities}`);
        }),
        runs,
      );
    });

  if (contract.settled === true)
    test(`${name} without ties follows the samples into another order, whatever the seed`, () => {
      fc.assert(
        fc.property(smoothWorld(2), fc.nat(), (world, seed) => {
          const order = orderOf(world.p.samples, seed);
          const options = { batchSize: Math.ceil(world.p.samples / 2) };
          const batch = contract.choose(world, options, randomSource(seed));
          const moved = contract.choose(reorderSamples(world, order), options, randomSource(seed + 1));
          assert.deepEqual(Array.from(moved, (sample) => order[sample]!), Array.from(batch));
        }),
        runs,
      );
    });

  if (contract.grows === true)
    test(`${name} of a smaller batch is the beginning of a larger one`, () => {
      fc.assert(
        fc.property(anyWorld(2), fc.nat(), (world, seed) => {
          const all = contract.choose(world, { batchSize: world.p.samples }, randomSource(seed));
          const some = contract.choose(world, { batchSize: Math.ceil(world.p.samples / 2) }, randomSource(seed));
          assert.deepEqual(some, all.slice(0, some.length));
        }),
        runs,
      );
    });

  test(`${name} refuses a batch larger than the candidates, a batch of none, and a candidate that is none`, () => {
    const [world] = fc.sample(smoothWorld(4), { numRuns: 1, seed: 2 });
    const refused = (batchSize: number, candidates: number[], sentence: string) =>
      assert.throws(() => contract.choose(world!, { batchSize, candidates }, randomSource(1)), { name: "InputError", message: `${name}: ${sentence}` });
    refused(3, [0, 2], "expected a batch size of at most 2, the number of candidates, got 3");
    refused(0, [0, 2], "expected a batch size of at least 1, got 0");
    refused(1.5, [0, 2], "expected a batch size of at least 1, got 1.5");
    refused(1, [], "expected a batch size of at most 0, the number of candidates, got 1");
    refused(1, [99], `expected indices from 0 to ${world!.p.samples - 1}, got 99 at position 0`);
    refused(1, [1, 1], "expected every index once, got 1 at position 1");
  });
}

test("bald(p) is the mean Kullback–Leibler divergence of the draws to their mean", () => {
  fc.assert(fc.property(anyWorld(), ({ p }) => near(bald(p), klToConsensus(p))), { numRuns: 200 });
});
