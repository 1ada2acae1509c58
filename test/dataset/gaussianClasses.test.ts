import assert from "node:assert/strict";
import test from "node:test";
import { gaussianClasses, randomSource } from "almq";

const flowers = [
  { name: "small", count: 2000, mean: [1, -2], sd: [0.5, 2] },
  { name: "large", count: 1000, mean: [10, 20], sd: 1 },
];

function moments(of: readonly (readonly number[])[]) {
  const mean = [0, 1].map((f) => of.reduce((sum, x) => sum + x[f]!, 0) / of.length);
  const centred = of.map((x) => x.map((value, f) => value - mean[f]!));
  const product = (f: number, g: number) => centred.reduce((sum, x) => sum + x[f]! * x[g]!, 0) / of.length;
  const sd = [0, 1].map((f) => Math.sqrt(product(f, f)));
  return { mean, sd, correlation: product(0, 1) / (sd[0]! * sd[1]!) };
}

test("gaussianClasses(classes, { correlation }, random) draws clouds of the means, spreads, correlation and numbers asked for", () => {
  for (const correlation of [0, 0.6, 1]) {
    const { samples, labels, classes, standIn } = gaussianClasses(flowers, { correlation }, randomSource(3));
    assert.deepEqual([samples.count, samples.shape, classes, standIn], [3000, [2], ["small", "large"], true]);
    flowers.forEach(({ count, mean, sd }, label) => {
      const own = Array.from(labels.keys()).filter((i) => labels[i] === label);
      const values = new Float32Array(2 * own.length);
      samples.read(own, values);
      const found = moments(own.map((_, i) => [values[2 * i]!, values[2 * i + 1]!]));
      assert.equal(own.length, count);
      [0, 1].forEach((f) => {
        const wanted = typeof sd === "number" ? sd : sd[f]!;
        assert.ok(Math.abs(found.mean[f]! - mean[f]!) < 0.12 * wanted);
        assert.ok(Math.abs(found.sd[f]! / wanted - 1) < 0.08);
      });
      assert.ok(Math.abs(found.correlation - correlation) < 0.06);
    });
  }
});

test("gaussianClasses(classes, {}, random) mixes the classes, and follows the seed", () => {
  const draw = (seed: number) => gaussianClasses(flowers, {}, randomSource(seed)).labels;
  assert.ok(draw(1).subarray(0, 30).includes(1) && draw(1).subarray(0, 30).includes(0));
  assert.deepEqual([...draw(1)], [...draw(1)]);
  assert.notDeepEqual([...draw(1)], [...draw(2)]);
});

test("gaussianClasses(classes) refuses no class, no sample, other widths and impossible spreads", () => {
  const one = { name: "one", count: 1, mean: [0, 0], sd: 1 };
  const refused = (classes: Parameters<typeof gaussianClasses>[0], options: Parameters<typeof gaussianClasses>[1], message: RegExp) =>
    assert.throws(() => gaussianClasses(classes, options, randomSource(1)), message);
  refused([], {}, /expected at least one class, got 0/);
  refused([{ ...one, count: 0 }], {}, /expected at least one sample of a class, got 0 at one/);
  refused([one, { ...one, mean: [1] }], {}, /expected 2 finite features, got \[1\] at one/);
  refused([{ ...one, mean: [] }], {}, /expected 1 finite features, got \[\] at one/);
  refused([{ ...one, sd: [1] }], {}, /expected 2 spreads of at least 0, got \[1\] at one/);
  refused([{ ...one, sd: -1 }], {}, /expected 2 spreads of at least 0, got -1 at one/);
  refused([one], { correlation: 2 }, /expected a correlation from 0 to 1, got 2/);
});
