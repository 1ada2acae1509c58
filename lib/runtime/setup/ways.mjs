import { join } from "node:path";
import { addonPlace, findCompiler, makeAddon, tfjsNode, tryAddon } from "./addon.mjs";
import { wantedEngine } from "./engine.mjs";
import { SetUpError } from "./setUpError.mjs";
import { fetchLibrary } from "./wheel.mjs";

/**
 * One way to a TensorFlow.
 *
 * @typedef {object} Way
 * @property {string} name
 * @property {import("./engine.mjs").Engine} engine
 * @property {"wheel" | "download" | "none"} from
 * @property {(workplace: import("./step.mjs").Workplace, folder: string) => Promise<void>} take
 */

/**
 * The ways to try, best first; the last one cannot fail.
 *
 * @param {string | SetUpError} compiler
 * @returns {Way[]}
 */
export function ways(compiler) {
  /** @returns {Way[]} */
  const wheel = (/** @type {string} */ name, /** @type {"cpu" | "gpu"} */ engine) =>
    compiler instanceof SetUpError ? [] : [{ name, engine, from: "wheel", take: fromWheel(engine, compiler) }];
  return [
    ...(wantedEngine() === "gpu" ? wheel("TensorFlow for the NVIDIA card", "gpu") : []),
    ...wheel("TensorFlow for the processor", "cpu"),
    { name: "The TensorFlow that tfjs-node downloads", engine: "cpu", from: "download", take: fromDownload },
    { name: "tfjs in plain JavaScript", engine: "plain", from: "none", take: async () => {} },
  ];
}

/**
 * @param {"cpu" | "gpu"} engine
 * @param {string} compiler
 * @returns {Way["take"]}
 */
const fromWheel = (engine, compiler) => async (workplace, folder) => {
  await fetchLibrary(workplace, folder, engine);
  await makeAddon(workplace, folder, compiler);
};

/**
 * The package's own way, left out of npm ci: an older library, ready made.
 *
 * @type {Way["take"]}
 */
async function fromDownload({ root, run }) {
  await run(process.execPath, ["scripts/install.js", "cpu", "download"], {
    cwd: join(root, tfjsNode),
    install: "the download needs an open connection to TensorFlow's own server",
    limit: 15 * 60_000,
  });
  await tryAddon({ root, run }, join(root, addonPlace));
}

/**
 * The C++ compiler, or why there is none.
 *
 * @returns {string | SetUpError}
 */
export function compilerOrWhy() {
  try {
    return findCompiler();
  } catch (error) {
    if (error instanceof SetUpError) return error;
    throw error;
  }
}
