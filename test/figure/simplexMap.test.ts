import assert from "node:assert/strict";
import { test } from "node:test";
import { entropy, margin, simplexMap } from "almq";

const measures = [{ label: "entropy", utility: (p: readonly (readonly number[])[]) => entropy(p) }, { label: "margin", utility: (p: readonly (readonly number[])[]) => margin(p) }];
type Map = { z: (number | null)[][]; visible: boolean };

test("simplexMap(measures) is largest in the middle, empty outside the triangle, and shows one measure at a time", () => {
  const { data, layout } = simplexMap(measures, { cells: 30 });
  const [first, second] = data as unknown as [Map, Map];
  const all = first.z.flat();
  const most = Math.max(...all.map((value) => value ?? 0));
  assert.ok(most > 1.09 && most <= Math.log(3));
  assert.ok(first.z[8]![15]! > 1.08, "the middle of the triangle");
  assert.equal(first.z.at(-1)![0], null);
  assert.deepEqual([first.visible, second.visible], [true, false]);
  const [menu] = layout.updatemenus as { buttons: { args: [{ visible: boolean[] }] }[] }[];
  assert.deepEqual(menu!.buttons.map(({ args }) => args[0].visible), [[true, false], [false, true]]);
});

test("simplexMap(measures, { path }) marks the first prediction, and its slider moves the mark and says every measure", () => {
  const { data, layout } = simplexMap(measures, { cells: 10, path: [[1, 0, 0], [0, 0, 1]] });
  const [slider] = layout.sliders as { steps: { label: string; args: [{ x: number[][]; y: number[][]; text: string[][] }, number[]] }[] }[];
  assert.deepEqual((data[2] as { x: number[] }).x[0], 0);
  const [moved, traces] = slider!.steps[1]!.args;
  assert.deepEqual([moved.x[0]![0], traces, slider!.steps[1]!.label], [0.5, [2], "0.00 · 0.00 · 1.00"]);
  assert.equal(moved.text[0]![1], "entropy 0.00<br>margin 0.00");
});

test("simplexMap([]) refuses to draw nothing", () => {
  assert.throws(() => simplexMap([]), /at least one measure/);
  assert.throws(() => simplexMap(measures, { cells: 3 }), /at least 10 cells/);
});
