import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

/**
 * A run in a process of its own.
 *
 * @param disk KiB beyond which no file may grow; default none
 */
export function beginRun(told: { url: string; token: string }, answers: string, disk?: number): { child: ChildProcess; ended: Promise<string>; project: Promise<number> } {
  const limit = disk === undefined ? "" : `ulimit -f ${disk}; `;
  const run = [process.execPath, join(__dirname, "labelStudioRun.js"), told.url, answers];
  const child = spawn("bash", ["-c", `${limit}exec "$@"`, "bash", ...run], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LABEL_STUDIO_TOKEN: told.token } });
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => (complaint += text.toString()));
  const ended = new Promise<string>((resolve) => child.on("close", () => resolve(complaint)));
  const project = new Promise<number>((resolve) => child.stdout.on("data", (text: Buffer) => /project (\d+)/.test(String(text)) && resolve(Number(/project (\d+)/.exec(String(text))![1]))));
  return { child, ended, project };
}
