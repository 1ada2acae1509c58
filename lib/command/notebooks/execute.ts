import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../../outcome/writeWhole";
import { refuse } from "../../runtime/refuse";
import { notebookText, type Notebook, type NotebookFile } from "./notebook";

/** What one kernel with TensorFlow needs, in bytes. */
const memoryEach = 1.2e9;
/** Seconds after which a cell is given up. */
const cellLimit = 300;

/** An executed notebook, or why there is none. */
export type Execution = { readonly notebook: Notebook; readonly seconds: number } | { readonly failure: string };

/** How many notebooks run at the same time: as many as there are cores, fewer where memory is short. */
export function kernelsAtOnce(cores = availableParallelism(), memory = process.availableMemory()): number {
  return Math.max(1, Math.min(cores, Math.floor(memory / memoryEach)));
}

/** Calls `work` on every item, `atOnce` of them at a time, in order. */
export async function inParallel<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * Runs a notebook from top to bottom in a kernel of its own. Errors stay in its outputs, each in its cell.
 * It runs on one thread, so that numbers do not depend on the number of cores; nobody answers its questions.
 *
 * @param notebook what is run in the place of `path`
 */
export async function execute({ path }: NotebookFile, notebook: Notebook, root: string): Promise<Execution> {
  const program = join(process.env.ALMQ_VENV ?? join(root, ".venv"), "bin/jupyter-execute");
  if (!existsSync(program)) refuse("notebooks", "JupyterLab, set up by npm start or npm test", program);
  const place = join(root, ".build", path);
  const executed = place.replace(/\.ipynb$/, ".executed.ipynb");
  rmSync(executed, { force: true });
  writeWhole(place, notebookText(notebook));
  const begun = performance.now();
  const args = ["--kernel_name=tslab", "--allow-errors", `--timeout=${cellLimit}`, `--output=${executed}`, place];
  const env = { ...process.env, JUPYTER_PREFER_ENV_PATH: "1", TF_NUM_INTRAOP_THREADS: "1", ALMQ_ABSENT: "1" };
  const failure = await ended(program, args, env);
  if (failure !== undefined) return { failure };
  return { notebook: JSON.parse(readFileSync(executed, "utf8")) as Notebook, seconds: (performance.now() - begun) / 1000 };
}

function ended(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((resolve) => {
    const running = spawn(program, args, { env, stdio: ["ignore", "ignore", "pipe"] });
    let told = "";
    running.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
    running.on("error", (error) => resolve(error.message));
    running.on("close", (code) => resolve(code === 0 ? undefined : told.trim().split("\n").slice(-3).join("\n")));
  });
}
