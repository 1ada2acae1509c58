import { spawn } from "node:child_process";
import { basename } from "node:path";
import { SetUpError, usefulLines } from "./setUpError.mjs";

/**
 * @typedef {object} CommandOptions
 * @property {string} cwd
 * @property {string | ((output: string) => string)} install what to install or do when it fails
 * @property {NodeJS.ProcessEnv} [env] default: this process's own
 * @property {"start" | "end"} [reasonAt] where in the output the reason stands, default the end
 * @property {number} [limit] milliseconds after which it is ended, default none
 */

/**
 * Runs a program and gives back what it printed on standard output.
 *
 * The program waits for a word from us before it begins, and by then the lock knows its number:
 * should we be killed at any instant, the next set-up finds it and ends it.
 *
 * @param {(pid: number | undefined) => void} child told the number of the process group, and `undefined` at its end
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<string>}
 * @throws {SetUpError} when it cannot be started, is ended, or exits with another code than 0
 */
export function runCommand(child, program, args, { cwd, install, env = process.env, reasonAt = "end", limit }) {
  return new Promise((resolve, reject) => {
    const waiting = ["-c", 'read -r go && exec "$@" </dev/null', "sh", program, ...args];
    const running = spawn("/bin/sh", waiting, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    let printed = "";
    running.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      printed += text;
    });
    running.stderr.setEncoding("utf8").on("data", (text) => (output += text));
    running.stdin.on("error", () => {}); // it ended before it heard us: "close" tells
    const ended = () => process.kill(-(/** @type {number} */ (running.pid)), "SIGKILL");
    const timer = limit === undefined ? undefined : setTimeout(ended, limit);
    const fail = (/** @type {string} */ because) => {
      const tried = `${basename(program)} ${args.join(" ")}`;
      reject(new SetUpError({ tried, because, install: typeof install === "function" ? install(output) : install }));
    };
    running.on("error", (error) => fail(error.message));
    running.on("close", (code, signal) => {
      clearTimeout(timer);
      child(undefined);
      if (code === 0) return resolve(printed);
      const how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
      const lines = usefulLines(output, reasonAt === "start" ? { most: 20, from: "start" } : {});
      fail(lines === "" ? how : `${how}:\n${lines}`);
    });
    if (running.pid !== undefined) {
      child(running.pid);
      running.stdin.end("go\n");
    }
  });
}
