import { join } from "node:path";
import { cleanPython } from "./python.mjs";
import { beginFolder } from "./stamp.mjs";

/**
 * Makes a Python environment in a folder that is not there, marked unfinished until the caller writes its stamp.
 *
 * @param {Pick<import("./step.mjs").Workplace, "root" | "run">} workplace
 * @param {string} folder
 * @param {readonly string[]} packages what pip is told to install
 * @param {import("./python.mjs").Python} python
 */
export async function makePythonEnvironment({ root, run }, folder, packages, python) {
  beginFolder(folder);
  const env = cleanPython(process.env);
  await run(python.command, ["-m", "venv", folder], { cwd: root, env, install: venvAdvice });
  await run(join(folder, "bin/python"), ["-m", "pip", "install", "--quiet", ...packages], { cwd: root, env, install: pipAdvice });
}

/**
 * What to do when pip cannot bring a package.
 *
 * @param {string} output
 */
export function pipAdvice(output) {
  if (/No space left/i.test(output)) return "make room on the disk (about 4 GB are needed in all), then try again";
  if (/No matching distribution|no matching|from versions/i.test(output) && !/connection|resolve/i.test(output))
    return "use a Python from 3.10 to 3.14 and a current pip; name another Python with ALMQ_PYTHON=/path/to/python3";
  return "check the connection to the Python package index (behind a proxy or with a mirror: `pip config set global.proxy …` or `pip config set global.index-url …`), then try again";
}

/** @param {string} output */
function venvAdvice(output) {
  return /ensurepip/.test(output)
    ? "install Python's venv: `apt install python3-venv` (Debian, Ubuntu)"
    : "install Python 3.10 or newer with venv, or name one: ALMQ_PYTHON=/path/to/python3";
}
