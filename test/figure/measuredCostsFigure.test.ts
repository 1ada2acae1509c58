import assert from "node:assert/strict";
import { test } from "node:test";
import { measuredCostsFigure, type MeasuredCost } from "almq";

const costs: MeasuredCost[] = [
  { question: "Class", answers: 9, seconds: 2.4, assumed: 1, cost: 1.02 },
  { question: "All3", answers: 4, seconds: 1.5, assumed: 0.34, cost: 0.44 },
  { question: "Any3", answers: 0, assumed: 0.29, cost: 0.29 },
];
const notes = (of: readonly MeasuredCost[]) => JSON.stringify(measuredCostsFigure(of).layout);

test("measuredCostsFigure(costs) draws seconds with the number of answers, and measured beside assumed costs", () => {
  const [seconds, assumed, measured] = measuredCostsFigure(costs).data;
  assert.deepEqual([seconds!.x, seconds!.y, seconds!.text], [["Class", "All3", "Any3"], [2.4, 1.5, null], ["9×", "4×", ""]]);
  assert.deepEqual([assumed!.y, measured!.y], [[1, 0.34, 0.29], [1.02, 0.44, 0.29]]);
  assert.deepEqual([seconds!.xaxis, assumed!.xaxis, measured!.xaxis], ["x", "x2", "x2"]);
  assert.ok(!notes(costs).includes("no answer was timed"));
});

test("measuredCostsFigure(costs) says that no answer was timed, and refuses an empty list", () => {
  assert.ok(notes([costs[2]!]).includes("no answer was timed"));
  assert.throws(() => measuredCostsFigure([]), /measuredCostsFigure: expected at least one kind of question, got 0/);
});
