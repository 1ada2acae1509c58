import assert from "node:assert/strict";
import { after, test } from "node:test";
import { processStart } from "../../lib/runtime/setup/processStart.mjs";
import { allCalls, pretendMachine } from "./pretendMachine.mjs";

/** @type {ReturnType<typeof pretendMachine>[]} */
const machines = [];
const machine = () => /** @type {ReturnType<typeof pretendMachine>} */ (machines[machines.push(pretendMachine()) - 1]);
after(() => machines.forEach(({ dispose }) => dispose()));

for (const [program, again] of /** @type {const} */ ([
  ["npm", allCalls],
  ["venv", allCalls.slice(1)],
  ["pip install", allCalls.slice(1)],
  ["pip download", allCalls.slice(3)],
  ["c++", allCalls.slice(3)],
  ["tsc", allCalls.slice(6)],
]))
  test(`a set-up killed while ${program} runs is made good by the next, and what it left running is ended`, async () => {
    const one = machine();
    one.behave({ hangs: program });
    const { running, ended } = one.start("run", ["hello"]);
    const orphan = await one.hanging();
    running.kill("SIGKILL");
    await ended;
    assert.ok(processStart(orphan), "it works on by itself");
    one.behave({});
    one.calls();
    const { code, output } = await one.setUp();
    assert.equal(code, 0, output);
    assert.equal(processStart(orphan), undefined);
    assert.deepEqual(one.calls(), again);
    for (const half of ["node_modules/one/half", ".venv/bin/half"]) assert.ok(!one.has(half), half);
    assert.ok(!one.read(".tensorflow/addon/tfjs_binding.node").includes("half"));
    assert.equal(one.read(".build/lib/one.js"), "exports.one = 1;");
  });

test("Ctrl-C ends the set-up and what it runs, and the next one goes on", async () => {
  const one = machine();
  one.behave({ hangs: "pip install" });
  const { running, ended } = one.start("run", ["hello"]);
  const child = await one.hanging();
  running.kill("SIGINT");
  assert.equal((await ended).code, 130);
  assert.equal(processStart(child), undefined);
  one.behave({});
  assert.equal((await one.setUp()).code, 0);
});

test("two set-ups at once do the work once", async () => {
  const one = machine();
  const [first, second] = await Promise.all([one.setUp(), one.setUp()]);
  assert.deepEqual([first.code, second.code], [0, 0], first.output + second.output);
  assert.deepEqual(one.calls(), allCalls);
});
