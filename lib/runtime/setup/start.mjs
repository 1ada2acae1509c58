/**
 * `npm start`: sets up what is missing and opens JupyterLab on the first notebook.
 * `npm start -- --check`: runs that notebook without a browser and prints the accuracies it ends with.
 * Other arguments go to JupyterLab.
 */
import { join } from "node:path";
import { checkNotebook } from "./checkNotebook.mjs";
import { foreground } from "./foreground.mjs";
import { environment, jupyterVariables } from "./jupyter.mjs";
import { root } from "./root.mjs";
import { setUpOrExit } from "./setUp.mjs";

const notebook = "notebooks/00-start-here.ipynb";
const args = process.argv.slice(2);

await setUpOrExit(root);
if (args.includes("--check")) process.exitCode = await checkNotebook(root, notebook);
else {
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : []; // in a container there is nobody else
  const page = `--LabApp.default_url=/lab/tree/${notebook}`; // also in the address that is printed where no browser opens
  process.exitCode = await foreground(join(environment(root), "bin/jupyter-lab"), [...asRoot, page, ...args], { cwd: root, env: jupyterVariables(root) });
}
