import assert from "node:assert/strict";
import { test } from "node:test";
import { chart } from "almq";

const trace = { type: "scatter", x: [1, 2], y: [3, 4] };
const words = { title: "A chart", x: "labels", y: "cost in dollars" };

test("chart(traces, words) keeps the traces and names title and axes", () => {
  const { data, layout } = chart([trace], words);
  const named = layout as { title: { text: string }; xaxis: { title: { text: string } }; yaxis: { title: { text: string } } };
  assert.deepEqual(data, [trace]);
  assert.deepEqual([named.title.text, named.xaxis.title.text, named.yaxis.title.text], ["A chart", "labels", "cost in dollars"]);
});

test("chart(traces, options) takes more of plotly.js for its axes and its layout, without losing what was there", () => {
  const { layout } = chart([trace], { ...words, yaxis: { type: "log" }, layout: { height: 300 } });
  const { yaxis, height, margin } = layout as { yaxis: { type: string; title: { text: string } }; height: number; margin: object };
  assert.deepEqual([yaxis.type, yaxis.title.text, height], ["log", "cost in dollars", 300]);
  assert.ok(margin);
});
