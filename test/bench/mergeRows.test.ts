import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeRows } from "../../lib/command/bench/mergeRows";

test("mergeRows(earlier, again, key) replaces what was measured again and keeps every other measurement", () => {
  const row = (task: string, samples: number, median: number) => ({ task, samples, median });
  const earlier = [row("entropy", 1000, 1), row("entropy", 1_000_000, 2), row("bald", 1000, 3)];
  const again = [row("entropy", 1000, 4), row("badge", 1000, 5)];
  const key = (each: { task: string; samples: number }) => `${each.task} ${each.samples}`;
  assert.deepEqual(mergeRows(earlier, again, key), [again[0], earlier[1], earlier[2], again[1]]);
  assert.deepEqual(mergeRows([], again, key), again);
});
