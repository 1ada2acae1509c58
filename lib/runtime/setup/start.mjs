/**
 * `npm start`: sets up what is missing and opens JupyterLab on the first notebook.
 * `npm start -- --check`: runs that notebook without a browser and prints the accuracies it ends with.
 * Other arguments go to JupyterLab.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { checkNotebook } from "./checkNotebook.mjs";
import { environment } from "./jupyter.mjs";
import { root } from "./root.mjs";
import { setUpOrExit } from "./setUp.mjs";

const notebook = "notebooks/00-start-here.ipynb";
const args = process.argv.slice(2);

await setUpOrExit(root);
if (args.includes("--check")) process.exitCode = await checkNotebook(root, notebook);
else process.exitCode = await openJupyter();

/** @returns {Promise<number>} JupyterLab's exit code */
function openJupyter() {
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : []; // in a container there is nobody else
  const program = join(environment(root), "bin/jupyter-lab");
  const lab = spawn(program, [...asRoot, ...args, notebook], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, JUPYTER_PREFER_ENV_PATH: "1" },
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => signal !== "SIGINT" && lab.kill(signal)); // Ctrl-C reaches it by itself
  return new Promise((resolve) => {
    lab.on("error", (error) => {
      console.error(`JupyterLab could not be started: ${error.message}`);
      resolve(1);
    });
    lab.on("exit", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
