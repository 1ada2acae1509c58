import { spawnSync } from "node:child_process";
import os from "node:os";
import { rounded } from "./rounded";

/** What a bench ran on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  readonly node: string;
  /** Other work at the start and at the end: processes that wanted a core, averaged over a minute. */
  readonly load: readonly [number, number];
}

/** Describes this machine; call the result when the bench is over. */
export function machine(): () => Machine {
  const before = os.loadavg()[0]!;
  return () => ({
    processor: os.cpus()[0]?.model.trim() ?? "unknown",
    cores: os.cpus().length,
    memoryGB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.versions.node,
    load: [rounded(before), rounded(os.loadavg()[0]!)],
  });
}

/** The versions that a Python environment has of some packages. */
export function pythonVersions(python: string, packages: readonly string[]): Record<string, string> {
  const program = `import json, platform, importlib.metadata as m; print(json.dumps({"python": platform.python_version(), **{p: m.version(p) for p in ${JSON.stringify(packages)}}}))`;
  return JSON.parse(spawnSync(python, ["-c", program], { encoding: "utf8" }).stdout) as Record<string, string>;
}
