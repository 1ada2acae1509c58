import assert from "node:assert/strict";
import { test } from "node:test";
import { randomSource } from "almq";
import { dropValues } from "../../lib/model/dropoutMask";

for (const rate of [0.5, 0.25, 0.125, 0.3, 0.9])
  test(`dropValues at rate ${rate} drops that share and divides the rest by 1 − rate`, () => {
    const count = 40_000;
    const mask = new Float32Array(count + 2).fill(1);
    dropValues(mask, 1, count + 1, rate, randomSource(1));
    assert.deepEqual([mask[0], mask[count + 1]], [1, 1]);
    const inner = mask.subarray(1, count + 1);
    for (const value of inner) assert.ok(value === 0 || value === Math.fround(1 / (1 - rate)));
    const dropped = inner.filter((value) => value === 0).length / count;
    assert.ok(Math.abs(dropped - rate) < 5 * Math.sqrt((rate * (1 - rate)) / count), `${dropped}`);
    const next = inner.subarray(1).filter((value, i) => value === 0 && inner[i] === 0).length / count;
    assert.ok(Math.abs(next - rate * rate) < 5 * Math.sqrt(1 / 4 / count), "neighbours are independent");
  });
