import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { environment } from "./jupyter.mjs";
import { writeWhole } from "./stamp.mjs";

/**
 * The TypeScript kernel, known to this JupyterLab alone: tslab from this checkout, run by the Node.js at work now.
 *
 * @type {import("./step.mjs").Step}
 */
export const kernel = {
  title: "TypeScript kernel for JupyterLab",

  missing(root) {
    try {
      return readFileSync(place(root), "utf8") === specification(root) ? undefined : "";
    } catch {
      return "";
    }
  },

  async make({ root }) {
    writeWhole(place(root), specification(root));
  },
};

/** @param {string} root */
const place = (root) => join(environment(root), "share/jupyter/kernels/tslab/kernel.json");

/** @param {string} root */
function specification(root) {
  const tslab = join(realpathSync(root), "node_modules/tslab/bin/tslab");
  const argv = [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"];
  return JSON.stringify({ argv, display_name: "TypeScript", language: "typescript" }, null, 2) + "\n";
}
