/**
 * `npm test`: sets up what is missing, then runs every test.
 * `npm test -- acquisition`: those of a room; `npm test -- acquisition/uncertainty/entropy`: one file.
 * Arguments that begin with a dash go to Node.js's test runner.
 */
import { chooseTests } from "./chooseTests.mjs";
import { foreground } from "./foreground.mjs";
import { root } from "./root.mjs";
import { setUpOrExit } from "./setUp.mjs";

/** What TensorFlow says at every start, whatever it is asked. */
const noise = /absl::InitializeLog|oneDNN custom operations|node --trace-warnings/;
/** What every test file would say anew. */
const said = new Set();
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
const env = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: "1" } : process.env;
process.exitCode = await foreground(process.execPath, runner, { cwd: root, env, lines: show });

/** @param {string} line */
function show(line) {
  const warning = /\[PLAIN_TENSORFLOW\].*/.exec(line)?.[0];
  if (noise.test(line) || said.has(warning)) return;
  if (warning !== undefined) said.add(warning);
  console.log(line);
}
