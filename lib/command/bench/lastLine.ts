import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import path from "node:path";
import { refuse } from "../../runtime/refuse";

/**
 * Runs a program to its end.
 *
 * @returns what it printed last, read as JSON; undefined where it printed nothing
 * @throws {InputError} when it does not succeed
 */
export function lastLine<T>(program: string, args: readonly string[], options: Pick<SpawnSyncOptions, "cwd" | "env"> = {}): T {
  const { status, stdout, stderr, error } = spawnSync(program, args, { ...options, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) refuse("bench", `${path.basename(program)} to succeed`, error?.message ?? stderr.trim().slice(-400), args.join(" ").slice(-200));
  const line = stdout.trim().split("\n").at(-1)!;
  return (line === "" ? undefined : JSON.parse(line)) as T;
}
