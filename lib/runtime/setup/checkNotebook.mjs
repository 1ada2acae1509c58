import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environment } from "./jupyter.mjs";

/**
 * Runs a notebook from top to bottom without a browser, on a copy of its outputs, and prints the accuracies it ends with.
 *
 * @param {string} root
 * @param {string} notebook path from `root`
 * @returns {Promise<number>} 0; another code when a cell failed or no accuracy was printed
 */
export async function checkNotebook(root, notebook) {
  const folder = mkdtempSync(join(tmpdir(), "almq-check-"));
  const executed = join(folder, "executed.ipynb");
  const begun = Date.now();
  try {
    const program = join(environment(root), "bin/jupyter-execute");
    const code = await new Promise((resolve) => {
      const env = { ...process.env, JUPYTER_PREFER_ENV_PATH: "1" };
      const running = spawn(program, ["--kernel_name=tslab", `--output=${executed}`, notebook], { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
      running.on("error", () => resolve(1)).on("exit", (ended) => resolve(ended ?? 1));
    });
    if (code !== 0) {
      console.error(`${notebook}: a cell failed, as told above`);
      return code;
    }
    const accuracies = finalAccuracies(JSON.parse(readFileSync(executed, "utf8")));
    if (accuracies.length === 0) {
      console.error(`${notebook}: ran through, but printed no accuracy`);
      return 1;
    }
    console.log(accuracies.join("\n"));
    console.log(`${notebook}: every cell ran, in ${((Date.now() - begun) / 1000).toFixed(0)} s`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
