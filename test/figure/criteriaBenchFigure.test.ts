import assert from "node:assert/strict";
import test from "node:test";
import { criteriaBenchFigure } from "almq";

const row = { task: "bald", library: "almq", samples: 1000, median: 2, fastest: 1, slowest: 5, memory: 0 };
const rows = [row, { ...row, samples: 10_000, median: 20, fastest: 19, slowest: 25, memory: 7 }, { ...row, library: "torch" }, { ...row, task: "badge" }];

test('criteriaBenchFigure(rows, "time") draws medians with bars from fastest to slowest, a panel for each task', () => {
  const { data } = criteriaBenchFigure(rows, "time");
  const drawn = data.map(({ name, xaxis, x, y, error_y, showlegend }) => ({ name, xaxis, x, y, bars: (error_y as { array: number[] }).array, showlegend }));
  assert.deepEqual(drawn, [
    { name: "almq", xaxis: "x", x: [1000, 10_000], y: [2, 20], bars: [3, 5], showlegend: true },
    { name: "almq", xaxis: "x2", x: [1000], y: [2], bars: [3], showlegend: false },
    { name: "torch", xaxis: "x", x: [1000], y: [2], bars: [3], showlegend: true },
  ]);
});

test('criteriaBenchFigure(rows, "memory") draws less than 1 MB at 1 MB, for its axis is logarithmic', () => {
  assert.deepEqual(criteriaBenchFigure(rows, "memory").data[0]!.y, [1, 7]);
});
