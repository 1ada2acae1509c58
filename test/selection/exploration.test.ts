import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { explore, randomSource } from "almq";
import { explorer } from "../../lib/selection/exploration";
import { clusters } from "./clusters";

test("kept(known) of an explorer that has seen some of it keeps what explore(logits, classes, known) keeps", () => {
  const [count, classes] = [200, 10];
  let falls = 0;
  fc.assert(
    fc.property(fc.integer(), fc.shuffledSubarray(Array.from({ length: count }, (_, i) => i), { minLength: 3, maxLength: 60 }), fc.double({ min: 0, max: 0.9, noNaN: true }), (seed, known, rate) => {
      const random = randomSource(seed);
      const logits = clusters(Array.from({ length: count }, () => random.integer(classes)), classes, random);
      const settings = { rate, initialQuantile: 0.3 };
      const exploration = explorer(logits, classes, settings, randomSource(seed));
      let first = 0;
      for (const share of [0.1, 0.5, 0.5, 1]) {
        const sofar = known.slice(0, Math.ceil(share * known.length));
        const expected = explore(logits, classes, sofar, settings, randomSource(seed));
        assert.deepEqual(exploration.kept(sofar), expected);
        if (share === 0.1) first = expected.radius;
        if (share === 1 && expected.radius < first) falls++;
      }
    }),
    { numRuns: 60 },
  );
  assert.ok(falls > 5, `the radius fell in ${falls} of 60 pools`);
});
