import assert from "node:assert/strict";
import { after, test } from "node:test";
import { allCalls, pretendMachine } from "./pretendMachine.mjs";

/** @type {ReturnType<typeof pretendMachine>[]} */
const machines = [];
const machine = () => /** @type {ReturnType<typeof pretendMachine>} */ (machines[machines.push(pretendMachine()) - 1]);
after(() => machines.forEach(({ dispose }) => dispose()));

test("npm test on a fresh clone makes every part once, says so, and runs the tests", async () => {
  const fresh = machine();
  const first = await fresh.start("test").ended;
  assert.equal(first.code, 0, first.output);
  assert.deepEqual(fresh.calls(), allCalls);
  for (const line of [/npm packages.* \d+\.\d s/, /Python environment.* \d+\.\d s/, /TensorFlow.* \d+\.\d s/, /compiled.* \d+\.\d s/, /kernel.* \d+\.\d s/])
    assert.match(first.output, line);
  for (const line of [/✔ one is 1/, /✔ two is 2/, /\nℹ pass 2\n/]) assert.match(first.output, line);

  const second = await fresh.start("test").ended;
  assert.equal(second.code, 0);
  assert.deepEqual(fresh.calls(), []);
  assert.match(second.output, /^✔/); // not a word about set-up
});

test("npm test -- room runs the tests of a room, and a room that is not there is named", async () => {
  const one = machine();
  const { output } = await one.start("test", ["other"]).ended;
  assert.match(output, /two is 2[^]*ℹ pass 1\n/);
  const { code, output: told } = await one.start("test", ["nowhere"]).ended;
  assert.equal(code, 1);
  assert.equal(told, "no tests in nowhere; there are: other, room\n");
});

test("npm test ends with the code of a failing test", async () => {
  const one = machine();
  one.write("test/room/three.test.ts", 'require("node:test").test("three is 4", () => require("node:assert").equal(3, 4));');
  const { code, output } = await one.start("test", ["room"]).ended;
  assert.equal(code, 1);
  assert.match(output, /ℹ fail 1\n/);
});

test("a checkout that was moved gets a new .venv and kernel, and keeps the rest", async () => {
  const one = machine();
  await one.setUp();
  const before = one.root;
  one.calls();
  one.moveTo("elsewhere");
  const { code, output } = await one.setUp();
  assert.equal(code, 0, output);
  assert.ok(output.includes(`.venv was made in ${before}, and a Python environment cannot be moved: it is made again here`), output);
  assert.deepEqual(one.calls(), ["venv", "pip install"]);
  const { argv } = JSON.parse(one.read(".venv/share/jupyter/kernels/tslab/kernel.json"));
  assert.deepEqual(argv.slice(0, 2), [process.execPath, `${one.root}/node_modules/tslab/bin/tslab`]);
});

test("a .venv from another Python is recognised and made again; one made by hand is kept beside it", async () => {
  const one = machine();
  await one.setUp();
  const python = one.read(".venv/bin/python").replace("PRETEND_VERSION=3.11.7", "PRETEND_VERSION=3.12.1");
  one.write(".venv/bin/python", python);
  assert.match((await one.setUp()).output, /\.venv is from another Python \(3\.12\.1, set up with 3\.11\.7\): it is made again\n/);

  one.remove(".venv");
  one.write(".venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.9.2\n");
  const { code, output } = await one.setUp();
  assert.equal(code, 0, output);
  assert.match(output, /\.venv was not made by this set-up \(made by Python 3\.9\.2\): it is kept as \.venv\.kept, and a new one is made\n/);
  assert.ok(one.has(".venv.kept/pyvenv.cfg"));

  one.remove(".venv/bin/jupyter-lab");
  assert.match((await one.setUp()).output, /\.venv has lost its programs/);
  one.write(".venv/bin/python", "#!/bin/sh\nexit 127\n");
  assert.match((await one.setUp()).output, /\.venv's Python \(3\.11\.7, \/pretended\/python\) does not run any more/);
});

test("packages that changed are installed again; an npm ci by hand costs no compilation", async () => {
  const one = machine();
  await one.setUp();
  one.calls();
  one.remove("node_modules/almq-set-up.json");
  assert.equal((await one.setUp()).code, 0);
  assert.deepEqual(one.calls(), ["npm"]);
  one.write("package-lock.json", '{ "changed": true }');
  assert.match((await one.setUp()).output, /the list of npm packages has changed/);
  assert.deepEqual(one.calls(), ["npm", "tsc"]);
});

test("a compiled test whose source is gone does not run, and a compiled file that is gone comes back", async () => {
  const one = machine();
  await one.setUp();
  one.remove("test/other/two.test.ts");
  assert.match((await one.start("test").ended).output, /\nℹ pass 1\n/);
  one.remove(".build/lib/one.js");
  await one.setUp();
  assert.ok(one.has(".build/lib/one.js"));
});

test("npm start opens JupyterLab on the first notebook and hands it the other arguments", async () => {
  const { code, output } = await machine().start("start", ["--no-browser", "--port=9999"]).ended;
  assert.equal(code, 0);
  assert.match(output, /\njupyter-lab (--allow-root )?--LabApp\.default_url=\/lab\/tree\/notebooks\/00-start-here\.ipynb --no-browser --port=9999\n/);
});

test("npm start -- --check prints the final accuracies, and fails where a cell fails or none is printed", async () => {
  const one = machine();
  const cell = { outputs: [{ output_type: "stream", name: "stdout", text: ["final accuracy\n", "almq 0.93\n"] }] };
  one.behave({ executed: { cells: [cell, {}] } });
  const good = await one.start("start", ["--check"]).ended;
  assert.equal(good.code, 0, good.output);
  assert.match(good.output, /\nfinal accuracy\nalmq 0\.93\nnotebooks\/00-start-here\.ipynb: every cell ran, after \d+ s\n/);
  one.behave({});
  const silent = await one.start("start", ["--check"]).ended;
  assert.equal(silent.code, 1);
  assert.match(silent.output, /printed no accuracy/);
  one.behave({ fails: { "jupyter-execute": "Traceback\nnbclient.exceptions.CellExecutionError: boom" } });
  const failed = await one.start("start", ["--check"]).ended;
  assert.equal(failed.code, 1);
  assert.match(failed.output, /\nnbclient\.exceptions\.CellExecutionError: boom\nnotebooks\/00-start-here\.ipynb: did not run through\n/);
  assert.doesNotMatch(failed.output, /Traceback/);
});

test("npm run NAME sets up and runs a command", async () => {
  const one = machine();
  const { code, output } = await one.start("run", ["hello", "--to", "you"]).ended;
  assert.equal(code, 2, "the command's own code: how many arguments it was given");
  assert.match(output, /\nhello --to you\n/);
  assert.equal((await one.start("run", ["nothing"]).ended).code, 1);
});
