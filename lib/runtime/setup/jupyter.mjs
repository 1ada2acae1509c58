import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync, renameSync } from "node:fs";
import { join } from "node:path";
import { discard, stands } from "./folder.mjs";
import { findPython } from "./python.mjs";
import { makePythonEnvironment } from "./pythonEnvironment.mjs";
import { fingerprint, readStamp, stampHas, writeStamp, writeWhole } from "./stamp.mjs";

const requirements = "lib/runtime/setup/requirements.txt";
const programs = ["bin/python", "bin/jupyter-lab", "bin/jupyter-execute"];

/**
 * The folder of the Python environment.
 *
 * @param {string} root
 */
export const environment = (root) => join(root, ".venv");

/**
 * What programs of Jupyter are told: this checkout's kernel before one of the same name elsewhere, and its own open tabs.
 *
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function jupyterVariables(root) {
  return { ...process.env, JUPYTER_PREFER_ENV_PATH: "1", JUPYTERLAB_WORKSPACES_DIR: join(environment(root), "workspaces") };
}

/**
 * The Python environment with JupyterLab. It cannot be made elsewhere and moved (its programs name their folder),
 * so it is made in place, marked unfinished until the last package is in.
 *
 * @type {import("./step.mjs").Step}
 */
export const jupyter = {
  title: "Python environment with JupyterLab",

  missing(root) {
    const folder = environment(root);
    if (!stands(folder)) return "";
    const stamp = readStamp(folder);
    if (stamp === undefined) return `.venv was not made by this set-up (${foreignVersion(folder)}): it is kept as ${spareName(root)}, and a new one is made`;
    if (stamp.unfinished) return "an earlier set-up was stopped before .venv was whole: it is made again";
    if (stamp.root !== realpathSync(root)) return `.venv was made in ${stamp.root}, and a Python environment cannot be moved: it is made again here`;
    const version = versionOf(folder);
    if (version === undefined) return `.venv's Python (${stamp.version}, ${stamp.python}) does not run any more: .venv is made again`;
    if (version !== stamp.version) return `.venv is from another Python (${version}, set up with ${stamp.version}): it is made again`;
    if (process.env.ALMQ_PYTHON && findPython().path !== stamp.python) return `ALMQ_PYTHON names another Python than .venv's (${stamp.python}): .venv is made again`;
    if (!stampHas(stamp, { requirements: fingerprint(root, [requirements]) })) return "the list of Python packages has changed: .venv is made again";
    if (!programs.every((program) => stands(join(folder, program)))) return ".venv has lost its programs: it is made again";
    return undefined;
  },

  async make({ root, run }) {
    const folder = environment(root);
    const python = findPython();
    if (stands(folder) && readStamp(folder) === undefined) renameSync(folder, join(root, spareName(root)));
    else discard(root, folder);
    await makePythonEnvironment({ root, run }, folder, ["--no-deps", "-r", requirements], python);
    writeWhole(join(folder, "share/jupyter/lab/settings/overrides.json"), JSON.stringify(quiet));
    writeStamp(folder, {
      root: realpathSync(root),
      python: python.path,
      version: python.version,
      requirements: fingerprint(root, [requirements]),
    });
  },
};

/** The first thing seen is the notebook: no question about news, no look-up of newer versions. */
const quiet = { "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false } };

/** @param {string} folder */
function versionOf(folder) {
  const told = spawnSync(join(folder, "bin/python"), ["-I", "-S", "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"], { encoding: "utf8" });
  return told.status === 0 ? told.stdout.trim() : undefined;
}

/** @param {string} folder */
function foreignVersion(folder) {
  try {
    const version = /^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)/m.exec(readFileSync(join(folder, "pyvenv.cfg"), "utf8"))?.[1];
    return version === undefined ? "made by another Python" : `made by Python ${version}`;
  } catch {
    return "no Python environment";
  }
}

/** @param {string} root */
function spareName(root) {
  for (let number = 1; ; number++) {
    const name = number === 1 ? ".venv.kept" : `.venv.kept-${number}`;
    if (!stands(join(root, name))) return name;
  }
}
