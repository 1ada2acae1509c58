import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When a process began, in words of the operating system: with its number, it names one process for good,
 * also after the number has been given to another.
 *
 * @param {number} pid
 * @returns {string | undefined} none when no such process runs
 */
export function processStart(pid) {
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name in brackets may hold anything
      return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  const told = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
  return told === "" || told.startsWith("Z") ? undefined : told.replace(/^\S+\s+/, "");
}
