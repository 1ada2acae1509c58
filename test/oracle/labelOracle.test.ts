import assert from "node:assert/strict";
import { test } from "node:test";
import { labelOracle, trueAnswer } from "almq";

test("trueAnswer(question, labels) is what the labels say", () => {
  const labels = [1, 3, 3];
  assert.equal(trueAnswer({ kind: "class", samples: [1] }, labels), 3);
  assert.equal(trueAnswer({ kind: "all", class: 3, samples: [1, 2] }, labels), "yes");
  assert.equal(trueAnswer({ kind: "all", class: 3, samples: [0, 1] }, labels), "no");
  assert.equal(trueAnswer({ kind: "any", class: 3, samples: [0, 1] }, labels), "yes");
  assert.equal(trueAnswer({ kind: "any", class: 0, samples: [0, 1, 2] }, labels), "no");
});

test("labelOracle(labels, classes) refuses a question it has no labels for", () => {
  assert.throws(() => labelOracle([0, 1], 2).ask([{ kind: "all", class: 2, samples: [0] }]), /labelOracle: expected a class from 0 to 1, got 2/);
  assert.throws(() => labelOracle([0, 1], 2).ask([{ kind: "class", samples: [2] }]), /labelOracle: expected samples from 0 to 1, got 2/);
});
