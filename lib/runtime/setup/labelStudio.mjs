import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { discard, stands } from "./folder.mjs";
import { studioEnvironment } from "./labelStudioServer.mjs";
import { findPython } from "./python.mjs";
import { makePythonEnvironment } from "./pythonEnvironment.mjs";
import { readStamp, stampHas, writeStamp, writeWhole } from "./stamp.mjs";

const release = "1.23.2";
const firstStart = "lib/runtime/setup/labelStudioFirstStart.mjs";

/**
 * Label Studio in a Python environment of its own, and an empty database of it: to make one takes a minute, to copy it none.
 * Not needed by the rest; `npm run label-studio` and the tests with real servers ask for it.
 *
 * @type {import("./step.mjs").Step}
 */
export const labelStudio = {
  title: "Label Studio, in an environment of its own",

  missing(root) {
    const folder = studioEnvironment(root);
    if (!stands(folder)) return "";
    const stamp = readStamp(folder);
    if (stamp === undefined || stamp.unfinished) return "an earlier set-up was stopped before Label Studio was whole: it is made again";
    if (!stampHas(stamp, { release, root: realpathSync(root) })) return "Label Studio here is another release, or was made elsewhere: it is made again";
    return existsSync(join(folder, "bin/label-studio")) ? undefined : "Label Studio has lost its program: it is made again";
  },

  async make({ root, run }) {
    const folder = studioEnvironment(root);
    discard(root, folder);
    const python = findPython();
    await makePythonEnvironment({ root, run }, folder, [`label-studio==${release}`], python);
    const account = { user: "almq@example.org", password: randomBytes(12).toString("base64url"), token: randomBytes(20).toString("hex") };
    writeWhole(accountFile(root), JSON.stringify(account));
    chmodSync(accountFile(root), 0o600);
    await run(process.execPath, [join(root, firstStart), root], { cwd: root, install: "see the log in .venv-label-studio/empty; a wrong clock, a full disk or a firewall on 127.0.0.1 can be the cause" });
    writeStamp(folder, { root: realpathSync(root), release, python: python.path });
  },
};

/**
 * The data folder of a Label Studio in which nothing has happened yet.
 *
 * @param {string} root
 */
export const emptyData = (root) => join(studioEnvironment(root), "empty");

/**
 * Makes a data folder, where there is none yet.
 *
 * @param {string} root
 * @param {string} data
 */
export function prepareData(root, data) {
  if (!existsSync(data)) cpSync(emptyData(root), data, { recursive: true });
}

/**
 * @param {string} root
 * @returns {import("./labelStudioServer.mjs").Account}
 */
export function readAccount(root) {
  return JSON.parse(readFileSync(accountFile(root), "utf8"));
}

/** @param {string} root */
const accountFile = (root) => join(studioEnvironment(root), "account.json");
