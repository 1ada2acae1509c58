/**
 * @typedef {object} Workplace what a step works with
 * @property {string} root the checkout
 * @property {(line: string) => void} say prints a line under the step's own
 * @property {(program: string, args: readonly string[], options: import("./command.mjs").CommandOptions) => Promise<string>} run
 */

/**
 * @typedef {object} Step one thing that set-up makes
 * @property {string} title for the progress line
 * @property {(root: string) => string | undefined} missing
 *   why it must be made, to be told ("" when it is just not there yet); `undefined` when it is there and whole
 * @property {(workplace: Workplace) => Promise<void>} make
 */

/**
 * Makes what a step makes, with a line of progress and its time.
 *
 * @param {Step} step
 * @param {string} why
 * @param {Workplace} workplace
 * @param {NodeJS.WriteStream} [out]
 */
export async function makeStep(step, why, workplace, out = process.stdout) {
  if (why !== "") out.write(`  ${why}\n`);
  const line = `  ${step.title.padEnd(48)}`;
  const begun = Date.now();
  const seconds = () => `${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s`;
  let open = true; // whether the cursor still stands in this step's line
  out.write(line);
  const ticking = out.isTTY ? setInterval(() => open && out.write(`\r${line}${seconds()}`), 1000) : undefined;
  const say = (/** @type {string} */ text) => {
    out.write(`${open ? "\n" : ""}    ${text.split("\n").join("\n    ")}\n`);
    open = false;
  };
  const close = (/** @type {string} */ end) => out.write(open ? `${out.isTTY ? `\r${line}` : ""}${end}\n` : `${line}${end}\n`);
  try {
    await step.make({ ...workplace, say });
    close(seconds());
  } catch (error) {
    close(` failed after ${seconds().trim()}`);
    throw error;
  } finally {
    clearInterval(ticking);
  }
}
