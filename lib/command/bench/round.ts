import { benchRun, type BenchSettings } from "./benchRun";
import { pythonVersions } from "./machine";
import { peerPython } from "./peerEnvironment";
import { rounded } from "./rounded";
import { almqRow, studyProcess, torchRow } from "./studyProcess";
import type { TimedRow } from "./timedRow";

/**
 * Measures a round of ALMQ on MNIST, from the first fit to the measured refit: 20 dropout networks look at the pool, about 25 questions are
 * searched and answered. Beside plain PyTorch on a pool that it can do in minutes; how it grows; and a round within a run on all images:
 * choice, refit, and the look that serves its records and the next choice. Writes `round.json`.
 */
export function benchRound(settings: BenchSettings): Promise<object> {
  return benchRun<TimedRow>("round", settings, (rows, inputs) => {
    const { extent } = settings;
    const python = peerPython("requirements.txt");
    const pool = { quick: 3000, usual: 6000, full: 60_000 }[extent];
    const others = { quick: [1500], usual: [3000], full: [3000, 6000] }[extent];
    const innerPool = extent === "quick" ? 3000 : 60_000;
    const round = { study: "mnist", round: "first", methods: ["ALMQ+EE"] } as const;
    const add = (row: TimedRow) => (rows.push(row), row);
    const { source, standIn } = studyProcess({ ...round, pool, write: inputs });
    const almq = add(almqRow(`almq, pool of ${pool}`, extent === "usual" ? 3 : 1, { ...round, pool }));
    const torch = add(torchRow(`PyTorch, pool of ${pool}`, 1, python, ["round", inputs]));
    for (const other of others) add(almqRow(`almq, pool of ${other}`, 1, { ...round, pool: other }));
    const inner = add(almqRow(`almq, within a run, pool of ${innerPool}`, extent === "usual" ? 2 : 1, { ...round, round: "inner", pool: innerPool }));
    return {
      source,
      standIn,
      pool,
      secondsPerRound: almq.median,
      peerSeconds: torch.median,
      ratio: rounded(torch.median / almq.median),
      peakMiB: almq.peakMiB,
      peerPeakMiB: torch.peakMiB,
      innerPool,
      innerSeconds: inner.median,
      versions: pythonVersions(python, ["torch", "numpy"]),
    };
  });
}
