import { spawnSync } from "node:child_process";

/** The commit of a checkout's code, `"abc1234"`, or `"abc1234 and changes"`; null where git knows none. */
export function commitOf(checkout: string): string | null {
  const git = (...args: string[]) => spawnSync("git", args, { encoding: "utf8", cwd: checkout });
  const { status, stdout } = git("rev-parse", "--short", "HEAD");
  if (status !== 0) return null;
  return git("diff", "--quiet", "HEAD", "--", "lib", "package-lock.json").status === 0 ? stdout.trim() : `${stdout.trim()} and changes`;
}
