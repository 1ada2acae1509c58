/**
 * `npm test`: sets up what is missing, then runs every test.
 * `npm test -- acquisition`: those of a room; `npm test -- acquisition/entropy`: one file.
 * Arguments that begin with a dash go to Node.js's test runner.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import { chooseTests } from "./chooseTests.mjs";
import { root } from "./root.mjs";
import { setUpOrExit } from "./setUp.mjs";

/** What TensorFlow says at every start, whatever it is asked. */
const noise = /absl::InitializeLog|oneDNN custom operations/;
const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith("-"));
const rooms = args.filter((arg) => !arg.startsWith("-"));

await setUpOrExit(root);
const { files, unknown } = chooseTests(root, rooms);
if (unknown.length > 0 || files.length === 0) {
  console.error(`no tests in ${unknown.join(", ") || "test"}; there are: ${chooseTests(root, []).rooms.join(", ")}`);
  process.exit(1);
}
// A whole notebook may be one test; a test that hangs must still end.
const runner = ["--test", "--test-concurrency=2", "--test-timeout=540000", "--test-reporter=spec", ...flags, ...files];
const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
const tests = spawn(process.execPath, runner, { cwd: root, env: { ...process.env, ...colour }, stdio: ["ignore", "pipe", "inherit"] });
createInterface({ input: tests.stdout }).on("line", (line) => noise.test(line) || console.log(line));
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => signal !== "SIGINT" && tests.kill(signal));
tests.on("close", (code, signal) => (process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
