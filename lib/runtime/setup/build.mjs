import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { discard, isLinked, link, stands } from "./folder.mjs";
import { beginFolder, fingerprint, readStamp, removeStamp, stampHas, writeStamp } from "./stamp.mjs";

/** What is compiled, and what of it the compiler makes. */
const folders = ["lib", "test"];
const outputs = [".d.ts", ".js.map", ".js", ".json"];

/** The package as its own users see it; and this project's compiler, for tslab brings an older one of the same name. */
const links = /** @type {const} */ ([
  ["node_modules/almq", ".."],
  ["node_modules/.bin/tsc", "../typescript/bin/tsc"],
]);

/**
 * `lib/` and `test/` compiled to `.build/`, and the package linked to itself, so that everyone writes `from "almq"`.
 *
 * @type {import("./step.mjs").Step}
 */
export const build = {
  title: "lib and test, compiled",

  missing(root) {
    return isCompiled(root) && links.every(([path, target]) => isLinked(join(root, path), target)) ? undefined : "";
  },

  async make({ root, run }) {
    const folder = join(root, ".build");
    for (const [path, target] of links) link(join(root, path), target);
    if (isCompiled(root)) return; // npm ci took only the links
    if (readStamp(folder)?.unfinished) discard(root, folder); // the compiler was stopped half-way
    for (const path of orphans(root)) rmSync(join(folder, path));
    const sources = sourcesFingerprint(root);
    await compile(root, run);
    if (missingOutputs(root).length > 0) {
      discard(root, folder); // somebody deleted a file: the compiler remembers having written it
      await compile(root, run);
    }
    writeStamp(folder, { sources });
  },
};

/** @param {string} root */
function isCompiled(root) {
  const stamp = readStamp(join(root, ".build"));
  if (stamp === undefined || stamp.unfinished) return false;
  return stampHas(stamp, { sources: sourcesFingerprint(root) }) && missingOutputs(root).length === 0 && orphans(root).length === 0;
}

/**
 * @param {string} root
 * @param {import("./step.mjs").Workplace["run"]} run
 */
async function compile(root, run) {
  const folder = join(root, ".build");
  beginFolder(folder);
  try {
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    await run(process.execPath, [compiler, "-p", "."], { cwd: root, reasonAt: "start", install: "correct the lines named above, then try again" });
  } catch (error) {
    removeStamp(folder); // an orderly end: the compiler knows where it stands
    throw error;
  }
}

/** @param {string} root */
function sourcesFingerprint(root) {
  return fingerprint(root, ["tsconfig.json", "package.json", "package-lock.json", ...sources(root)]);
}

/** @param {string} root */
function sources(root) {
  return filesOf(root, folders).filter((path) => /\.(ts|json)$/.test(path));
}

/** @param {string} root */
function missingOutputs(root) {
  return sources(root)
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .filter((path) => !stands(join(root, ".build", path.replace(/\.ts$/, ".js"))));
}

/**
 * What the compiler made of sources that are gone: it must not run any more.
 *
 * @param {string} root
 */
export function orphans(root) {
  return filesOf(join(root, ".build"), folders).filter((path) => {
    const ending = outputs.find((each) => path.endsWith(each));
    if (ending === undefined) return false;
    const source = ending === ".json" ? path : path.slice(0, -ending.length) + ".ts";
    return !stands(join(root, source));
  });
}

/**
 * Every file under some folders of `root`, in order, by its path from `root`.
 *
 * @param {string} root
 * @param {readonly string[]} under
 * @returns {string[]}
 */
export function filesOf(root, under) {
  return under
    .flatMap((folder) => {
      if (!stands(join(root, folder))) return [];
      return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? filesOf(root, [`${folder}/${entry.name}`]) : [`${folder}/${entry.name}`],
      );
    })
    .sort();
}
