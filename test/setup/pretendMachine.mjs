import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const setUp = join(here, "../../lib/runtime/setup");

/**
 * What the pretended programs do.
 *
 * @typedef {object} Behaviour
 * @property {string} [python] its version, default "3.11.7"
 * @property {string[]} [lacks] Python's missing modules
 * @property {Record<string, string>} [fails] by program, what it prints before it fails: "npm", "venv", "pip install", "pip install label-studio", "pip download", "c++", "tsc", "jupyter-execute"
 * @property {string} [hangs] a program that does half its work and never ends
 * @property {string[]} [absent] programs that are not installed
 * @property {unknown} [executed] what jupyter-execute makes of a notebook
 */

/** What a set-up from nothing runs, in this order. */
export const allCalls = ["npm", "venv", "pip install", "pip download", "unpack", "c++", "tsc"];

/** A small checkout, with this project's set-up, on a machine whose npm, Python, compilers and Jupyter only pretend. */
export function pretendMachine() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "almq-machine-")));
  const tools = join(folder, "tools");
  let root = join(folder, "checkout");
  /** @type {Behaviour} */
  let behaviour = {};
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const own = JSON.parse(readFileSync(join(here, "../../package.json"), "utf8"));
  write(join(root, "package.json"), JSON.stringify({ name: "almq", engines: own.engines, dependencies: { one: "1.0.0" } }));
  write(join(root, "package-lock.json"), "{}");
  write(join(root, ".npmrc"), "ignore-scripts=true");
  write(join(root, "tsconfig.json"), "{}");
  write(join(root, "lib/one.ts"), "exports.one = 1;");
  write(join(root, "test/room/one.test.ts"), 'require("node:test").test("one is 1", () => require("node:assert").equal(require("almq/.build/lib/one.js").one, 1));');
  write(join(root, "test/other/two.test.ts"), 'require("node:test").test("two is 2", () => {});');
  write(join(root, "lib/command/hello.ts"), 'console.log("hello", process.argv.slice(2).join(" ")); process.exitCode = process.argv.length - 2;');
  write(join(root, "notebooks/00-start-here.ipynb"), "{}");
  cpSync(setUp, join(root, "lib/runtime/setup"), { recursive: true });
  const install = () => {
    rmSync(tools, { recursive: true, force: true });
    for (const name of ["npm", "python3", "c++"]) {
      if (behaviour.absent?.includes(name)) continue;
      write(join(tools, name), `#!/bin/sh\nexec "${process.execPath}" "${join(here, "pretendTool.cjs")}" "${folder}" ${name} "$@"\n`);
      chmodSync(join(tools, name), 0o755);
    }
    write(join(folder, "behaviour.json"), JSON.stringify(behaviour));
  };
  install();

  return {
    folder,
    get root() {
      return root;
    },
    write: (/** @type {string} */ path, /** @type {string} */ text) => write(join(root, path), text),
    read: (/** @type {string} */ path) => readFileSync(join(root, path), "utf8"),
    has: (/** @type {string} */ path) => existsSync(join(root, path)),
    remove: (/** @type {string} */ path) => rmSync(join(root, path), { recursive: true }),
    /** From now on the checkout lies elsewhere. */
    moveTo(/** @type {string} */ name) {
      const moved = join(folder, name);
      renameSync(root, moved);
      root = moved;
    },
    behave(/** @type {Behaviour} */ next) {
      behaviour = next;
      install();
    },
    /** The programs run since the last look, in order. */
    calls() {
      const log = join(folder, "calls.log");
      const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
      rmSync(log, { force: true });
      return lines;
    },
    /**
     * Starts one of the set-up's entrances.
     *
     * @param {"start" | "test" | "run" | "runLabelStudio" | "services"} entrance
     * @param {string[]} [args]
     * @param {NodeJS.ProcessEnv} [variables]
     */
    start(entrance, args = [], variables = {}) {
      const { npm_execpath, NODE_TEST_CONTEXT, NODE_OPTIONS, CXX, ALMQ_PYTHON, ...env } = process.env;
      const hook = `--require "${join(here, "pretendAddon.cjs")}"`; // an addon that pretends is JavaScript
      const running = spawn(process.execPath, [join(root, `lib/runtime/setup/${entrance}.mjs`), ...args], {
        env: { ...env, PATH: tools, NODE_OPTIONS: hook, ALMQ_TENSORFLOW: "", ...variables },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      running.stdout.on("data", (text) => (output += text));
      running.stderr.on("data", (text) => (output += text));
      const ended = new Promise((resolve) => running.on("close", (code) => resolve({ code, output })));
      return { running, ended: /** @type {Promise<{ code: number, output: string }>} */ (ended) };
    },
    /**
     * Sets up, and runs a command that says hello.
     *
     * @param {NodeJS.ProcessEnv} [variables]
     */
    setUp(variables) {
      return this.start("run", ["hello"], variables).ended;
    },
    /** Waits until a program hangs, and tells its process. */
    async hanging() {
      const note = join(folder, "hanging");
      while (!existsSync(note) || readFileSync(note, "utf8") === "") await new Promise((wake) => setTimeout(wake, 20));
      const pid = Number(readFileSync(note, "utf8"));
      rmSync(note);
      return pid;
    },
    dispose: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
