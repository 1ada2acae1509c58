import { existsSync } from "node:fs";
import { join } from "node:path";
import { addonPath, addonPlace, addonSources, findCompiler, makeAddon, tfjsNode, tryAddon } from "./addon.mjs";
import { isLinked, link, putInPlace, workshop } from "./folder.mjs";
import { SetUpError } from "./setUpError.mjs";
import { beginFolder, fingerprint, readStamp, stampHas, writeStamp } from "./stamp.mjs";
import { fetchLibrary, gpuRequirements, libraryVersion } from "./wheel.mjs";

/**
 * What does the arithmetic: TensorFlow compiled for the processor or for an NVIDIA card, or tfjs in plain JavaScript.
 *
 * @typedef {"cpu" | "gpu" | "plain"} Engine
 */

/**
 * One way to a TensorFlow.
 *
 * @typedef {object} Way
 * @property {string} name
 * @property {Engine} engine
 * @property {"wheel" | "download" | "none"} from
 * @property {(workplace: import("./step.mjs").Workplace, folder: string) => Promise<void>} take
 */

/**
 * TensorFlow's C library, and the addon that lends it to Node.js, compiled on this machine. Where that cannot be,
 * the addon's own download is tried, and where that fails too, tfjs computes in plain JavaScript.
 *
 * @type {import("./step.mjs").Step}
 */
export const tensorflow = {
  get title() {
    return `TensorFlow ${libraryVersion} for ${wantedEngine() === "gpu" ? "the NVIDIA card" : "the processor"}`;
  },

  missing(root) {
    if (wantedEngine() === "plain") return undefined; // asked for: what is there stays, unused
    const stamp = readStamp(join(root, ".tensorflow"));
    if (stamp === undefined || stamp.unfinished) return "";
    if (!stampHas(stamp, wanted(root))) return "another TensorFlow is wanted than the one that is here";
    if (stamp.engine !== stamp.wanted && isWorthAnotherTry(stamp)) return "the wanted TensorFlow could not be set up last time: it is tried again";
    return isInPlace(root, stamp) ? undefined : "";
  },

  async make(workplace) {
    const { root, say } = workplace;
    const place = join(root, ".tensorflow");
    const old = readStamp(place);
    if (old?.from === "wheel" && stampHas(old, wanted(root)) && old.engine === old.wanted && existsSync(join(place, addonPath)))
      return linkAddon(root); // only npm ci came by
    const draft = join(workshop(root), "tensorflow");
    const compiler = compilerOrWhy();
    if (compiler instanceof SetUpError) say(`The addon cannot be compiled\n${compiler}`);
    for (const { name, engine, from, take } of ways(compiler)) {
      beginFolder(draft);
      try {
        await take(workplace, draft);
      } catch (error) {
        if (!(error instanceof SetUpError)) throw error;
        say(`${name} could not be set up\n${error}`);
        continue;
      }
      writeStamp(draft, { ...wanted(root), engine, from, compiler: !(compiler instanceof SetUpError) });
      putInPlace(root, draft, place);
      if (from === "wheel") linkAddon(root);
      if (engine === "plain") say("Without it models are fitted in plain JavaScript: everything runs, but a logistic regression 2 to 3 times and a convolutional network hundreds of times as slowly.");
      return;
    }
  },
};

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Engine}
 */
export function wantedEngine(env = process.env) {
  const asked = env.ALMQ_TENSORFLOW;
  if (asked === "cpu" || asked === "gpu" || asked === "plain") return asked;
  if (asked) throw new SetUpError({ tried: `ALMQ_TENSORFLOW=${asked}`, because: "there is no such choice", install: "set it to cpu, gpu or plain, or leave it out" });
  const card = existsSync("/dev/nvidia0") || existsSync("/usr/lib/wsl/lib/libcuda.so.1");
  return card && process.platform === "linux" && process.arch === "x64" ? "gpu" : "cpu";
}

/**
 * The ways to try, best first; the last one cannot fail.
 *
 * @param {string | SetUpError} compiler
 * @returns {Way[]}
 */
function ways(compiler) {
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
 * What a finished set-up must have been made from.
 *
 * @param {string} root
 */
function wanted(root) {
  return {
    wanted: wantedEngine(),
    version: libraryVersion,
    sources: fingerprint(root, [...addonSources, gpuRequirements]),
    platform: `${process.platform} ${process.arch}`,
  };
}

/**
 * A try that failed for want of a compiler is not worth another while there is none. ALMQ_TENSORFLOW asks for one all the same.
 *
 * @param {import("./stamp.mjs").Stamp} stamp
 */
function isWorthAnotherTry(stamp) {
  return Boolean(process.env.ALMQ_TENSORFLOW) || (stamp.engine === "plain" && (stamp.compiler === true || typeof compilerOrWhy() === "string"));
}

/**
 * @param {string} root
 * @param {import("./stamp.mjs").Stamp} stamp
 */
function isInPlace(root, stamp) {
  if (stamp.from === "none") return true;
  if (stamp.from === "download") return existsSync(join(root, addonPlace));
  return isLinked(join(root, addonPlace), linkTarget) && existsSync(join(root, ".tensorflow", addonPath));
}

const linkTarget = `../../../../../.tensorflow/${addonPath}`;

/** @param {string} root */
function linkAddon(root) {
  link(join(root, addonPlace), linkTarget);
}

/** @returns {string | SetUpError} */
function compilerOrWhy() {
  try {
    return findCompiler();
  } catch (error) {
    if (error instanceof SetUpError) return error;
    throw error;
  }
}
