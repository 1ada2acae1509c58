import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../../runtime/projectFolder";
import { refuse } from "../../runtime/refuse";

/** Where a bench keeps what it needs and nobody else does; git ignores it. */
export const benchFolder = path.join(projectFolder, ".bench");

/**
 * A Python environment with the libraries of a requirements file, made on the first call (some GB, minutes).
 *
 * @param requirements a file beside the bench's sources
 * @returns the environment's Python
 * @throws {InputError} when there is no Python with venv, or a library cannot be had
 */
export function peerPython(requirements: string): string {
  const list = path.join(projectFolder, "lib/command/bench", requirements);
  const folder = path.join(benchFolder, "venv");
  const python = path.join(folder, "bin/python");
  const stamp = path.join(folder, "almq-requirements");
  const wanted = createHash("sha256").update(readFileSync(list)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return python;
  console.log(`installing the libraries of ${path.relative(projectFolder, list)} into .bench/venv (about 6 GB, some minutes)`);
  step("python3", ["-m", "venv", folder]);
  step(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", list]);
  writeFileSync(stamp, wanted);
  return python;
}

function step(program: string, args: string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: "inherit" });
  if (status !== 0) refuse("bench", `${program} ${args.join(" ")} to succeed`, error?.message ?? `exit status ${status}`);
}
