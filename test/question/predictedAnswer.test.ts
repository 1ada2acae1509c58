import assert from "node:assert/strict";
import { test } from "node:test";
import { predictedAnswer, probabilities } from "almq";

const p = probabilities(Float32Array.of(0.7, 0.3, 0.6, 0.4, 0.5, 0.5), { samples: 3, classes: 2 });

test("predictedAnswer(question, p) is the most probable class, the first one at a tie", () => {
  assert.equal(predictedAnswer({ kind: "class", samples: [0] }, p), 0);
  assert.equal(predictedAnswer({ kind: "class", samples: [2] }, p), 0);
});

test("predictedAnswer(question, p) is yes where yes is at least as probable as no", () => {
  assert.equal(predictedAnswer({ kind: "all", class: 0, samples: [0, 1] }, p), "no"); // 0.42
  assert.equal(predictedAnswer({ kind: "all", class: 0, samples: [0] }, p), "yes");
  assert.equal(predictedAnswer({ kind: "all", class: 1, samples: [2] }, p), "yes");
  assert.equal(predictedAnswer({ kind: "any", class: 1, samples: [0, 1] }, p), "yes"); // 0.58
  assert.equal(predictedAnswer({ kind: "any", class: 1, samples: [0] }, p), "no");
});
