import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stands } from "./folder.mjs";
import { fingerprint, readStamp, removeStamp, stampHas, writeStamp } from "./stamp.mjs";

/**
 * The npm packages, exactly as locked.
 *
 * @type {import("./step.mjs").Step}
 */
export const packages = {
  title: "npm packages, as locked",

  missing(root) {
    const folder = join(root, "node_modules");
    const stamp = readStamp(folder);
    if (stamp === undefined || !stands(join(folder, ".package-lock.json"))) return "";
    return stampHas(stamp, wanted(root)) ? undefined : "the list of npm packages has changed";
  },

  async make({ root, run }) {
    const folder = join(root, "node_modules");
    removeStamp(folder); // from here on half of it may be gone: npm ci begins by clearing the folder
    const npm = process.env.npm_execpath;
    const [program, ...first] = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"];
    await run(program, [...first, "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: root,
      reasonAt: "start",
      install: advice,
    });
    writeStamp(folder, wanted(root));
  },
};

/** @param {string} root */
function wanted(root) {
  const { dependencies, devDependencies, overrides } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return {
    locked: fingerprint(root, ["package-lock.json", ".npmrc"]),
    listed: { dependencies, devDependencies, overrides },
    platform: `${process.platform} ${process.arch}`, // some packages bring a program for one platform
  };
}

/** @param {string} output */
function advice(output) {
  if (/ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|network/i.test(output))
    return "check the connection to the npm registry (behind a proxy or with a mirror: `npm config set proxy …` or `npm config set registry …`), then try again";
  if (/EUSAGE|in sync/.test(output)) return "package.json and package-lock.json disagree: `npm install` brings them together";
  if (/ENOSPC/.test(output)) return "make room on the disk (about 4 GB are needed in all), then try again";
  if (/EACCES|EPERM/.test(output)) return "make the folder writable for you, then try again";
  return "install npm 10 or newer (it comes with Node.js), then try again";
}
