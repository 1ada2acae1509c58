import assert from "node:assert/strict";
import { test } from "node:test";
import { SetUpError, usefulLines } from "../../lib/runtime/setup/setUpError.mjs";

test("usefulLines(output) keeps what tells why: no colours, blank lines, stacks or advice", () => {
  const output = "\u001b[31mnpm error code E404\u001b[0m\n\nnpm error     at ClientRequest (x.js:1)\nnpm error A complete log of this run can be found in: x\nNode.js v20.1.0\n";
  assert.equal(usefulLines(output), "npm error code E404");
});

test("usefulLines(output) says once, in short, that pip has no connection", () => {
  const retry = (/** @type {number} */ left) => `WARNING: Retrying (Retry(total=${left}, connect=None)) after connection broken by 'NewConnectionError('<x at 0x${left}>: refused')': /simple/plotly/`;
  assert.equal(usefulLines(`${retry(4)}\n${retry(3)}\nERROR: No matching distribution`), "no connection: NewConnectionError('refused')\nERROR: No matching distribution");
});

test("usefulLines(output, { most, from }) takes lines from either end", () => {
  assert.equal(usefulLines("1\n2\n3\n", { most: 2 }), "2\n3");
  assert.equal(usefulLines("1\n2\n3\n", { most: 2, from: "start" }), "1\n2");
});

test("String(new SetUpError(told)) puts its three parts under each other", () => {
  const told = String(new SetUpError({ tried: "c++", because: "first\nsecond", install: "g++" }));
  assert.equal(told, "  tried    c++\n  but      first\n           second\n  to mend  g++");
});
