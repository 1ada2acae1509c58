import assert from "node:assert/strict";
import { after, test } from "node:test";
import { pretendMachine } from "./pretendMachine.mjs";

/** @type {ReturnType<typeof pretendMachine>[]} */
const machines = [];
const machine = () => /** @type {ReturnType<typeof pretendMachine>} */ (machines[machines.push(pretendMachine()) - 1]);
after(() => machines.forEach(({ dispose }) => dispose()));

test("no Python, an old one or one without venv: each is told, with what to install, and npm packages stay done", async () => {
  const one = machine();
  one.behave({ absent: ["python3"] });
  const none = await one.setUp();
  assert.equal(none.code, 1);
  assert.match(none.output, /Python environment.*failed after/);
  assert.match(none.output, /tried {4}python3, [^]*but {6}no Python was found on the PATH\n {2}to mend {2}install Python 3\.10 or newer with venv: `apt install python3 python3-venv`/);
  one.behave({ python: "3.9.2" });
  assert.match((await one.setUp()).output, /python3 is Python 3\.9\.2, older than 3\.10/);
  one.behave({ lacks: ["ensurepip"] });
  assert.match((await one.setUp()).output, /python3 \(Python 3\.11\.7\) lacks its module ensurepip/);
  assert.match((await one.setUp({ ALMQ_PYTHON: "/nowhere/python" })).output, /tried {4}\/nowhere\/python \(from ALMQ_PYTHON\)/);
  assert.deepEqual(one.calls(), ["npm"]);
  one.behave({});
  assert.equal((await one.setUp()).code, 0);
});

test("a program that fails is told with its command, its own words and what to do", async () => {
  const one = machine();
  one.behave({ fails: { npm: "npm error code ENOTFOUND\nnpm error A complete log of this run can be found in: x" } });
  const npm = await one.start("start").ended;
  assert.equal(npm.code, 1);
  assert.match(npm.output, /tried {4}npm ci --ignore-scripts[^]*but {6}it ended with code 2:\n +npm error code ENOTFOUND\n {2}to mend {2}check the connection to the npm registry/);
  one.behave({ fails: { "pip install": "ERROR: [Errno 28] No space left on device" } });
  assert.match((await one.start("start").ended).output, /No space left on device\n {2}to mend {2}make room on the disk/);
  one.behave({ fails: { tsc: "lib/one.ts(1,1): error TS2304: Cannot find name 'x'." } });
  const tsc = await one.start("start").ended;
  assert.equal(tsc.code, 1);
  assert.match(tsc.output, /error TS2304[^]*to mend {2}correct the lines named above/);
  one.behave({});
  assert.equal((await one.setUp()).code, 0);
});

test("without a C++ compiler plain JavaScript does the arithmetic, at once from then on, until a compiler comes", async () => {
  const one = machine();
  one.behave({ absent: ["c++"] });
  const without = await one.setUp();
  assert.equal(without.code, 0, without.output);
  assert.match(without.output, /but {6}no C\+\+ compiler was found\n {6}to mend {2}install a C\+\+ compiler: `apt install g\+\+`/);
  assert.match(without.output, /no way to the server/);
  assert.match(without.output, /plain JavaScript: .* hundreds of times as slowly/);
  one.calls();
  assert.match((await one.setUp()).output, /^hello/);
  one.behave({});
  assert.match((await one.setUp()).output, /the wanted TensorFlow could not be set up last time: it is tried again/);
  assert.deepEqual(one.calls(), ["pip download", "unpack", "c++"]);
  assert.match((await one.setUp()).output, /^hello/);
});

test("a compiler that fails is told, plain JavaScript goes on, and every set-up tries again", async () => {
  const one = machine();
  one.behave({ fails: { "c++": "tfjs_backend.cc:1:10: fatal error: string: No such file or directory" } });
  const failed = await one.setUp();
  assert.equal(failed.code, 0, failed.output);
  assert.match(failed.output, /TensorFlow for the processor could not be set up\n +tried {4}c\+\+ -std=c\+\+17[^]*fatal error: string[^]*to mend {2}install a C\+\+ compiler/);
  assert.match((await one.setUp()).output, /tried again/);
  assert.ok(!one.has("node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node"));
  one.behave({});
  await one.setUp();
  assert.match(one.read("node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node"), /TF_Version/);
});

test("ALMQ_TENSORFLOW=plain sets up no TensorFlow, and a word that it does not know is refused", async () => {
  const one = machine();
  assert.equal((await one.setUp({ ALMQ_TENSORFLOW: "plain" })).code, 0);
  assert.deepEqual(one.calls(), ["npm", "venv", "pip install", "tsc"]);
  const { code, output } = await one.setUp({ ALMQ_TENSORFLOW: "tpu" });
  assert.equal(code, 1);
  assert.match(output, /tried {4}ALMQ_TENSORFLOW=tpu/);
});

test("Label Studio that cannot be installed, or does not start, is told with what to do, and tried again the next time", async () => {
  const one = machine();
  one.behave({ fails: { "pip install label-studio": "ERROR: Could not find a version that satisfies the requirement label-studio==1.23.2 (connection refused)" } });
  for (const entrance of /** @type {const} */ (["runLabelStudio", "services"])) {
    const { code, output } = await one.start(entrance).ended;
    assert.equal(code, 1);
    assert.match(output, /Label Studio, in an environment of its own +failed after/);
    assert.match(output, /tried {4}python -m pip install --quiet label-studio==[\d.]+\n {2}but {6}it ended with code 2:\n +ERROR: Could not find a version[^]*to mend {2}check the connection to the Python package index/);
  }
  one.behave({});
  const { code, output } = await one.start("runLabelStudio").ended;
  assert.equal(code, 1);
  assert.match(output, /an earlier set-up was stopped before Label Studio was whole: it is made again/);
  assert.match(output, /Label Studio did not start[^]*to mend {2}see the log in .venv-label-studio/);
  assert.equal((await one.setUp()).code, 0, "the rest goes on without it");
});
