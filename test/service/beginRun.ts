import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

/** A run in a process of its own. */
export function beginRun(told: { url: string; token: string }, answers: string): { child: ChildProcess; ended: Promise<unknown>; project: Promise<number> } {
  const child = spawn(process.execPath, [join(__dirname, "labelStudioRun.js"), told.url, answers], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, LABEL_STUDIO_TOKEN: told.token } });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const project = new Promise<number>((resolve) => child.stdout.on("data", (text: Buffer) => /project (\d+)/.test(String(text)) && resolve(Number(/project (\d+)/.exec(String(text))![1]))));
  return { child, ended, project };
}
