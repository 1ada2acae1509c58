import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environment, jupyterVariables } from "./jupyter.mjs";

/**
 * Runs a notebook from top to bottom without a browser and prints the accuracies it ends with.
 *
 * @param {string} root
 * @param {string} notebook path from `root`
 * @returns {Promise<number>} an exit code: 0, or 1 when a cell failed or no accuracy was printed
 */
export async function checkNotebook(root, notebook) {
  const folder = mkdtempSync(join(tmpdir(), "almq-check-"));
  const executed = join(folder, "executed.ipynb");
  const begun = Date.now();
  try {
    console.log(`running ${notebook} …`);
    const failure = await execute(root, notebook, executed);
    if (failure !== undefined) {
      console.error(`${failure}\n${notebook}: did not run through`);
      return 1;
    }
    const accuracies = finalAccuracies(JSON.parse(readFileSync(executed, "utf8")));
    if (accuracies.length === 0) {
      console.error(`${notebook}: ran through, but printed no accuracy`);
      return 1;
    }
    console.log(accuracies.join("\n"));
    console.log(`${notebook}: every cell ran, after ${((Date.now() - begun) / 1000).toFixed(0)} s`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Executes a notebook into another file with this checkout's kernel, its outputs so far left alone.
 *
 * @param {string} root
 * @param {string} notebook
 * @param {string} executed
 * @returns {Promise<string | undefined>} what went wrong, if anything did
 */
function execute(root, notebook, executed) {
  const program = join(environment(root), "bin/jupyter-execute");
  return new Promise((resolve) => {
    const running = spawn(program, ["--kernel_name=tslab", `--output=${executed}`, notebook], { cwd: root, env: jupyterVariables(root), stdio: ["ignore", "ignore", "pipe"] });
    let told = "";
    running.stderr.setEncoding("utf8").on("data", (text) => (told += text));
    running.on("error", (error) => resolve(error.message));
    running.on("close", (code) => resolve(code === 0 ? undefined : told.slice(Math.max(0, told.lastIndexOf("nbclient.exceptions."))).trim()));
  });
}

/**
 * What a notebook says at its end: the printed lines of the last cell that speaks of accuracy, from the first that does.
 *
 * @param {{ cells: { outputs?: { output_type: string, name?: string, text?: string | string[] }[] }[] }} notebook
 * @returns {string[]}
 */
export function finalAccuracies({ cells }) {
  for (const { outputs = [] } of [...cells].reverse()) {
    const printed = outputs.filter(({ output_type, name }) => output_type === "stream" && name === "stdout");
    const lines = printed.flatMap(({ text = "" }) => text).join("").trimEnd().split("\n");
    const first = lines.findIndex((line) => /accurac/i.test(line));
    if (first >= 0) return lines.slice(first);
  }
  return [];
}
