import { join } from "node:path";
import { filesOf } from "./build.mjs";

/**
 * The test files to run: compiled ones, and those of the set-up, which stand as they are.
 *
 * @param {string} root
 * @param {readonly string[]} asked rooms ("acquisition") or files ("acquisition/uncertainty/entropy"); none asks for all
 * @returns {{ files: string[], unknown: string[], rooms: string[] }} paths from `root`, what of `asked` has no test, and every room
 */
export function chooseTests(root, asked) {
  const compiled = filesOf(join(root, ".build"), ["test"]).filter((path) => path.endsWith(".test.js"));
  const plain = filesOf(root, ["test"]).filter((path) => path.endsWith(".test.mjs"));
  const all = [...compiled.map((path) => `.build/${path}`), ...plain].map((path) => ({
    path,
    name: path.replace(/^(\.build\/)?test\//, "").replace(/\.test\.m?js$/, ""),
  }));
  const is = (/** @type {string} */ name, /** @type {string} */ wish) => name === wish || name.startsWith(`${wish}/`);
  const wishes = asked.map((wish) => wish.replace(/^test\//, "").replace(/(\.test)?\.m?[jt]s$/, "").replace(/\/$/, ""));
  return {
    files: all.filter(({ name }) => wishes.length === 0 || wishes.some((wish) => is(name, wish))).map(({ path }) => path),
    unknown: wishes.filter((wish) => !all.some(({ name }) => is(name, wish))),
    rooms: [...new Set(all.map(({ name }) => name.split("/")[0] ?? name))].sort(),
  };
}
