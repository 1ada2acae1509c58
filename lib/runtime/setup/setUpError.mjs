/** A step of the set-up that failed, told so that the reader knows what to do next. */
export class SetUpError extends Error {
  /**
   * @param {{ tried: string, because: string, install: string }} told what was tried, why it failed, what to install or do
   */
  constructor({ tried, because, install }) {
    super(because);
    this.name = "SetUpError";
    this.tried = tried;
    this.because = because;
    this.install = install;
  }

  /** The three parts, one under the other, for a terminal. */
  toString() {
    const part = (/** @type {string} */ title, /** @type {string} */ text) =>
      `  ${title.padEnd(8)} ${text.split("\n").join(`\n${" ".repeat(11)}`)}`;
    return [part("tried", this.tried), part("but", this.because), part("to mend", this.install)].join("\n");
  }
}

/** Advice to read a log or to renew a program, and where in its own code a program stood. */
const noise = /complete log of this run|\[notice\]|^npm warn|^(npm error)?\s+at |^npm error\s*\}?$|^node:\w+|^Node\.js v|^\s*(throw |\^$|\}$)/i;

/**
 * The lines of a program's output that say why it failed: no colours, no blank lines, no noise.
 *
 * @param {string} output
 * @param {{ most?: number, from?: "start" | "end" }} [options] how many lines (default 8), from which end (default the end)
 */
export function usefulLines(output, { most = 8, from = "end" } = {}) {
  const lines = output
    .replace(/\u001b\[[0-9;]*[A-Za-z]/g, "")
    .split(/\r?\n|\r/)
    .map((line) => line.trimEnd().replace(/^WARNING: Retrying .* broken by '(.*)': \S+$/, (_, why) => `no connection: ${why.replace(/<.*?>: /, "")}`))
    .filter((line) => line.trim() !== "" && !noise.test(line));
  const once = [...new Set(lines)];
  return (from === "end" ? once.slice(-most) : once.slice(0, most)).join("\n");
}
