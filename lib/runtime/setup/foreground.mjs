import { spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";

/**
 * Runs a program in the foreground, in this process's place: it has the keyboard and the screen, and gets the signals.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, lines?: (line: string) => void }} options
 *   `lines`: hears its standard output, which then is not shown
 * @returns {Promise<number>} its exit code
 */
export function foreground(program, args, { lines, ...options }) {
  const running = spawn(program, args, { ...options, stdio: ["inherit", lines ? "pipe" : "inherit", "inherit"] });
  if (lines && running.stdout) createInterface({ input: running.stdout }).on("line", lines);
  const passOn = (/** @type {NodeJS.Signals} */ signal) => signal !== "SIGINT" && running.kill(signal); // Ctrl-C reaches it by itself
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, passOn);
  return new Promise((resolve) => {
    running.on("error", (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      resolve(1);
    });
    running.on("close", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
