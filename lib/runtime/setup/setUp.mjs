import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { runCommand } from "./command.mjs";
import { workshop } from "./folder.mjs";
import { jupyter } from "./jupyter.mjs";
import { kernel } from "./kernel.mjs";
import { withLock } from "./lock.mjs";
import { packages } from "./packages.mjs";
import { SetUpError } from "./setUpError.mjs";
import { makeStep } from "./step.mjs";
import { tensorflow } from "./tensorflow.mjs";

/** In the order in which they need each other. */
const steps = [packages, jupyter, tensorflow, build, kernel];

/**
 * Makes whatever is missing, and nothing else. Returns at once when all is there.
 *
 * @param {string} root the checkout
 * @param {readonly import("./step.mjs").Step[]} [more] steps that not everybody needs, after the usual ones
 * @throws {SetUpError} when a step fails; those before it stay done
 */
export async function setUp(root, more = []) {
  checkMachine(root);
  const wanted = [...steps, ...more];
  if (wanted.every((step) => step.missing(root) === undefined)) return;
  const say = (/** @type {string} */ line) => console.log(`  ${line}`);
  await withLock(workshop(root), say, async ({ child }) => {
    const begun = Date.now();
    const run = runCommand.bind(undefined, child);
    let made = 0;
    for (const step of wanted) {
      const why = step.missing(root);
      if (why === undefined) continue;
      if (made++ === 0) console.log("almq sets up what is missing");
      await makeStep(step, why, { root, say, run });
    }
    if (made > 1) console.log(`  ready after ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  });
}

/**
 * Sets up, or tells why not and ends the process with code 1.
 *
 * @param {string} root
 * @param {readonly import("./step.mjs").Step[]} [more]
 */
export async function setUpOrExit(root, more = []) {
  try {
    await setUp(root, more);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(String(error));
    process.exit(1);
  }
}

/** @param {string} root */
function checkMachine(root) {
  const needed = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node.replace(/^>=/, "");
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split(".").map(Number);
  if (major < neededMajor || (major === neededMajor && minor < neededMinor))
    throw new SetUpError({ tried: `Node.js ${process.versions.node}`, because: `almq needs Node.js ${needed} or newer`, install: "install it from nodejs.org, or with a version manager: `nvm install 22`, `fnm install 22`" });
  if (process.platform === "win32")
    throw new SetUpError({ tried: "Windows", because: "the set-up is written for Linux and macOS", install: "use WSL: `wsl --install`, and this same command inside it" });
}
