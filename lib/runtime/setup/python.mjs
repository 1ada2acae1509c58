import { spawnSync } from "node:child_process";
import { SetUpError } from "./setUpError.mjs";

/**
 * @typedef {{ command: string, path: string, version: string }} Python
 *   how it was called, the program that really runs, and its version, e.g. "3.11.7"
 */

const candidates = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
const question = `
import json, os, sys
base = getattr(sys, "_base_executable", None) or sys.executable
lacks = []
for module in ("venv", "ensurepip"):
    try:
        __import__(module)
    except ImportError:
        lacks.append(module)
print(json.dumps({"path": os.path.realpath(base), "version": "%d.%d.%d" % sys.version_info[:3], "lacks": lacks}))
`;

/**
 * Finds a Python that is new enough (3.10) and can make environments: the one named by ALMQ_PYTHON, or the first on the PATH.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Python}
 * @throws {SetUpError} with what is wrong with each Python found
 */
export function findPython(env = process.env) {
  const faults = [];
  for (const command of env.ALMQ_PYTHON ? [env.ALMQ_PYTHON] : candidates) {
    const told = spawnSync(command, ["-c", question], { encoding: "utf8", env: cleanPython(env), timeout: 30_000 });
    const found = answer(told.stdout);
    if (found === undefined) {
      if (told.error === undefined || env.ALMQ_PYTHON) faults.push(`${command} does not run: ${firstLine(told.error?.message ?? told.stderr)}`);
    } else if (!isNewEnough(found.version)) faults.push(`${command} is Python ${found.version}, older than 3.10`);
    else if (found.lacks.length > 0) faults.push(`${command} (Python ${found.version}) lacks its module ${found.lacks.join(" and ")}`);
    else return { command, path: found.path, version: found.version };
  }
  throw new SetUpError({
    tried: env.ALMQ_PYTHON ? `${env.ALMQ_PYTHON} (from ALMQ_PYTHON)` : candidates.join(", "),
    because: faults.length > 0 ? [...new Set(faults)].join("\n") : "no Python was found on the PATH",
    install:
      "install Python 3.10 or newer with venv: `apt install python3 python3-venv` (Debian, Ubuntu), `dnf install python3` (Fedora), " +
      "`brew install python` (macOS); or name one: ALMQ_PYTHON=/path/to/python3",
  });
}

/**
 * Variables that would lead a Python astray are left out.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanPython({ PYTHONHOME, PYTHONPATH, PIP_TARGET, PIP_PREFIX, PIP_REQUIREMENT, ...rest }) {
  return { ...rest, PIP_USER: "0", PIP_DISABLE_PIP_VERSION_CHECK: "1", PIP_NO_INPUT: "1" };
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 10);
}

/**
 * @param {string | null} text
 * @returns {{ path: string, version: string, lacks: string[] } | undefined}
 */
function answer(text) {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** @param {string | null} text */
function firstLine(text) {
  return (text ?? "").trim().split("\n")[0] || "no word why";
}
