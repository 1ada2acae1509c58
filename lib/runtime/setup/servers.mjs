import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { discard, stands } from "./folder.mjs";
import { findPython } from "./python.mjs";
import { makePythonEnvironment } from "./pythonEnvironment.mjs";
import { fingerprint, readStamp, stampHas, writeStamp } from "./stamp.mjs";

const requirements = "lib/runtime/setup/requirements-servers.txt";

/**
 * The Python environment that holds the servers which the tests talk to.
 *
 * @param {string} root
 */
export const serverEnvironment = (root) => join(root, ".venv-servers");

/**
 * Redis, MLflow and TensorBoard in a Python environment of their own. Only the tests with real servers ask for it:
 * who runs studies has these servers elsewhere.
 *
 * @type {import("./step.mjs").Step}
 */
export const servers = {
  title: "Redis, MLflow and TensorBoard, to test with",

  missing(root) {
    const folder = serverEnvironment(root);
    if (!stands(folder)) return "";
    const stamp = readStamp(folder);
    if (stamp === undefined || stamp.unfinished) return "an earlier set-up was stopped before the servers were whole: they are made again";
    if (!stampHas(stamp, { requirements: fingerprint(root, [requirements]), root: realpathSync(root) })) return "the list of servers has changed, or they were made elsewhere: they are made again";
    return existsSync(join(folder, "bin/redis-server")) ? undefined : "the servers have lost their programs: they are made again";
  },

  async make({ root, run }) {
    const folder = serverEnvironment(root);
    discard(root, folder);
    const python = findPython();
    await makePythonEnvironment({ root, run }, folder, ["-r", requirements], python);
    writeStamp(folder, { root: realpathSync(root), requirements: fingerprint(root, [requirements]), python: python.path });
  },
};
