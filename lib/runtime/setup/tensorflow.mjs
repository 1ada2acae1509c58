import { existsSync } from "node:fs";
import { join } from "node:path";
import { addonPath, addonPlace, addonSources } from "./addon.mjs";
import { wantedEngine } from "./engine.mjs";
import { isLinked, link, putInPlace, workshop } from "./folder.mjs";
import { SetUpError } from "./setUpError.mjs";
import { beginFolder, fingerprint, readStamp, stampHas, writeStamp } from "./stamp.mjs";
import { compilerOrWhy, ways } from "./ways.mjs";
import { gpuRequirements, libraryVersion } from "./wheel.mjs";

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
    if (isWorthAnotherTry(stamp)) return "the wanted TensorFlow could not be set up last time: it is tried again";
    return isInPlace(root, stamp) ? undefined : "";
  },

  async make(workplace) {
    const { root, say } = workplace;
    const place = join(root, ".tensorflow");
    const old = readStamp(place);
    if (old?.from === "wheel" && stampHas(old, wanted(root)) && !isWorthAnotherTry(old) && existsSync(join(place, addonPath)))
      return linkAddon(root); // npm ci took only the link
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
 * Whether less was set up than is wanted, and another try may change that: not while the compiler that it lacked is still missing,
 * and a card's software that could not be had is not fetched at every start. ALMQ_TENSORFLOW asks for a try all the same.
 *
 * @param {import("./stamp.mjs").Stamp} stamp
 */
function isWorthAnotherTry(stamp) {
  if (stamp.engine === stamp.wanted) return false;
  if (process.env.ALMQ_TENSORFLOW) return true;
  return stamp.engine === "plain" && (stamp.compiler === true || typeof compilerOrWhy() === "string");
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
