import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../../runtime/projectFolder";
import { keepBench } from "./keepBench";
import { machine, pythonVersions } from "./machine";
import { benchFolder, peerPython } from "./peerEnvironment";
import { measured, peer, row } from "./study";

/**
 * Measures a round of ALMQ on MNIST, from the first fit to the measured refit: 20 dropout networks look at the pool, about 25 questions are
 * searched and answered. Beside plain PyTorch on a pool that it can do in minutes; how it grows; and a round within a run on all images:
 * choice, refit, and the look that serves its records and the next choice. Writes `round.json`.
 */
export async function benchRound(extent: "quick" | "usual" | "full", folder = path.join(projectFolder, "outcomes/bench")): Promise<object> {
  const python = peerPython("requirements.txt");
  const describe = machine();
  const inputs = path.join(benchFolder, "round");
  mkdirSync(inputs, { recursive: true });
  const shared = { quick: 3000, usual: 6000, full: 60_000 }[extent];
  const pools = { quick: [1500], usual: [3000], full: [3000, 6000] }[extent];
  const whole = extent === "quick" ? 3000 : 60_000;
  const round = { study: "mnist", round: "first", methods: ["ALMQ+EE"] } as const;
  measured("inputs", 1, { ...round, pool: shared, write: inputs });
  const almq = measured(`almq, pool of ${shared}`, extent === "usual" ? 3 : 1, { ...round, pool: shared });
  const torch = row(`PyTorch, pool of ${shared}`, [peer(python, "round", inputs)]);
  const others = pools.map((pool) => measured(`almq, pool of ${pool}`, 1, { ...round, pool }));
  const inner = measured(`almq, within a run, pool of ${whole}`, extent === "usual" ? 2 : 1, { ...round, round: "inner", pool: whole });
  rmSync(inputs, { recursive: true });
  const summary = {
    bench: "round",
    extent,
    pool: shared,
    secondsPerRound: almq.median,
    peerSeconds: torch.median,
    ratio: Number((torch.median / almq.median).toPrecision(3)),
    peakMiB: almq.peakMiB,
    peerPeakMiB: torch.peakMiB,
    innerPool: whole,
    innerSeconds: inner.median,
  };
  const rows = [almq, torch, ...others, inner];
  keepBench(folder, "round", { ...summary, machine: describe(), versions: pythonVersions(python, ["torch", "numpy"]), rows });
  return summary;
}
