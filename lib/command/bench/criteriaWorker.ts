/** One measurement of almq, in a process of its own: `node criteriaWorker.js TASK SAMPLES REPEATS FOLDER OUT`. */
import { readFileSync, writeFileSync } from "node:fs";
import { tasks } from "./criteriaTasks";

/** Peak resident memory in bytes; Linux can start it anew. */
function peakMemory(reset = false): number {
  try {
    if (reset) writeFileSync("/proc/self/clear_refs", "5");
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))![1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}

const [task = "", samples, repeats, folder = "", out = ""] = process.argv.slice(2);
const run = tasks[task]!.prepare(folder, Number(samples));
const before = peakMemory(true);
let result: ArrayLike<number> = [];
const timed = (): number => {
  const start = performance.now();
  result = run();
  return performance.now() - start;
};
const first = timed();
// Unless the first call is the only one, a second of calls warms up compiler and caches.
for (let spent = first; spent < 1000 && Number(repeats) > 1; ) spent += timed();
const times = Number(repeats) > 1 ? Array.from({ length: Number(repeats) }, timed) : [first];
const peak = peakMemory();
writeFileSync(out, Float64Array.from(result));
console.log(JSON.stringify({ first, times, inputs: before, extra: peak - before }));
