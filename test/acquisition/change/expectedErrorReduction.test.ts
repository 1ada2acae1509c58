import assert from "node:assert/strict";
import { test } from "node:test";
import { entropy, expectedErrorReduction, jointMutualInformation, bald } from "almq";
import { vectors } from "../../reference/vectors";
import { assertNear } from "../near";

const draws = vectors.probabilities_mc;

test('expectedErrorReduction(p, "draws") under log loss is the mean mutual information of two labels', () => {
  const classes = 4;
  const count = draws[0]![0]!.length;
  const information = (i: number, j: number) => {
    let sum = 0;
    for (let a = 0; a < classes; a++)
      for (let b = 0; b < classes; b++) {
        const mean = (f: (k: number) => number) => Array.from({ length: count }, (_, k) => f(k)).reduce((s, x) => s + x) / count;
        const joint = mean((k) => draws[i]![a]![k]! * draws[j]![b]![k]!);
        sum += joint * Math.log(joint / (mean((k) => draws[i]![a]![k]!) * mean((k) => draws[j]![b]![k]!)));
      }
    return sum;
  };
  const expected = draws.map((_, i) => draws.reduce((sum, __, j) => sum + information(i, j), 0) / draws.length);
  assertNear(expectedErrorReduction(draws, "draws"), expected, 1e-7);
});

test("expectedErrorReduction(p, refit) is today's loss minus the loss expected after the label", () => {
  // A pretended refit: the label moves every evaluated sample a fixed way.
  const p = [[0.6, 0.4], [0.5, 0.5]];
  const after = [[[0.9, 0.1], [0.7, 0.3]], [[0.2, 0.8], [0.4, 0.6]]];
  const refit = (_candidate: number, label: number) => after[label]!;
  const today = (0.4 + 0.5) / 2;
  assertNear(
    expectedErrorReduction(p, refit, { loss: "zeroOne" }),
    [today - (0.6 * (0.1 + 0.3) + 0.4 * (0.2 + 0.4)) / 2, today - (0.5 * (0.1 + 0.3) + 0.5 * (0.2 + 0.4)) / 2],
    1e-15,
  );
  const loss = (rows: number[][]) => entropy(rows).reduce((sum, h) => sum + h, 0) / 2;
  assertNear(expectedErrorReduction(p, refit, { candidates: [1] }), [loss(p) - 0.5 * loss(after[0]!) - 0.5 * loss(after[1]!)], 1e-15);
});

test("expectedErrorReduction(p, refit, { candidates, evaluated }) asks for those refits only", () => {
  const asked: string[] = [];
  const refit = (candidate: number, label: number) => {
    asked.push(`${candidate}/${label}`);
    return [[0.5, 0.5]];
  };
  expectedErrorReduction([[0.6, 0.4], [1, 0], [0.5, 0.5]], refit, { candidates: [1, 2], evaluated: [0] });
  assert.deepEqual(asked, ["1/0", "2/0", "2/1"], "an impossible label needs no refit");
});

test("expectedErrorReduction(p, …) refuses a single draw, an unknown candidate and a refit of another shape", () => {
  assert.throws(() => expectedErrorReduction([[0.5, 0.5]], "draws"), /expectedErrorReduction: expected at least two draws, got 1/);
  assert.throws(() => expectedErrorReduction(draws, "draws", { candidates: [14] }), /expected indices from 0 to 13, got 14 at position 0/);
  assert.throws(() => expectedErrorReduction([[0.5, 0.5]], () => [[0.5, 0.5], [1, 0]]), /expected a refit predicting 1 × 2, got 2 × 2/);
});

test("jointMutualInformation(p, samples) agrees with the reference numbers; of one sample it is BALD", () => {
  for (const { samples, joint_mutual_information_nats } of vectors.batch_bald)
    assertNear([jointMutualInformation(draws, samples)], [joint_mutual_information_nats]);
  assertNear(draws.map((_, i) => jointMutualInformation(draws, [i])), bald(draws), 1e-7);
});
