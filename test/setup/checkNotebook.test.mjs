import assert from "node:assert/strict";
import { test } from "node:test";
import { finalAccuracies } from "../../lib/runtime/setup/checkNotebook.mjs";

const printed = (/** @type {string | string[]} */ text, name = "stdout") => ({ outputs: [{ output_type: "stream", name, text }] });

test("finalAccuracies(notebook) gives the last cell that speaks of accuracy, from that line on", () => {
  const cells = [printed("accuracy 0.1"), printed(["drawing\nmethod  acc", "uracy\nALMQ    0.93\n"]), printed("saved"), {}];
  assert.deepEqual(finalAccuracies({ cells }), ["method  accuracy", "ALMQ    0.93"]);
});

test("finalAccuracies(notebook) hears standard output only", () => {
  assert.deepEqual(finalAccuracies({ cells: [printed("accuracy", "stderr"), { outputs: [{ output_type: "display_data" }] }] }), []);
});
