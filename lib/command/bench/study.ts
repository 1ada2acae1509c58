import { benchRun, type BenchSettings } from "./benchRun";
import type { Extent } from "./extent";
import { pythonVersions } from "./machine";
import { peerPython } from "./peerEnvironment";
import { rounded } from "./rounded";
import { almqRow, studyProcess, torchRow } from "./studyProcess";
import type { StudyTask } from "./studyTask";
import type { TimedRow } from "./timedRow";

/**
 * Measures a replicate of the handwriting study beside plain PyTorch and beside almq fitting its models one by one, one process
 * against one; a replicate's share of a study on two workers; and how a run of ALMQ grows. Every measurement is a process of
 * its own. Writes `study.json`.
 */
export function benchStudy(settings: BenchSettings): Promise<object> {
  return benchRun<TimedRow>("study", settings, (rows, inputs) => {
    const { extent } = settings;
    const python = peerPython("requirements.txt");
    process.env.TF_NUM_INTRAOP_THREADS ??= "1"; // what each of several workers has, and the fastest for a model this small
    const repeats = extent === "quick" ? 1 : 3;
    const replicates = { quick: 2, usual: 6, full: 30 }[extent];
    const few = Math.min(replicates, 6);
    const add = (row: TimedRow) => (rows.push(row), row);
    const { source, standIn } = studyProcess({ write: inputs });
    const shared = add(almqRow(`almq, ${replicates} replicates on 2 workers`, extent === "full" ? 1 : repeats, { replicates, workers: 2 }));
    add(almqRow(`almq, ${few} replicates on 1 worker`, 1, { replicates: few, workers: 1 }));
    const one = add(almqRow("almq, one replicate", repeats, {}));
    const alone = add(almqRow("almq, one replicate, fits one by one", repeats, { alone: true }));
    const torch = add(torchRow("PyTorch, one replicate", extent === "quick" ? 1 : 2, python, ["study", inputs]));
    const torchAlone = add(torchRow("PyTorch, one replicate, one thread", extent === "quick" ? 1 : 2, python, ["study", inputs, "1"]));
    for (const [what, task] of growth(extent)) add(almqRow(what, repeats, { methods: ["ALMQ+EE"], budget: 20, ...task }));
    const peer = torch.median <= torchAlone.median ? torch : torchAlone;
    return {
      source,
      standIn,
      secondsPerReplicate: rounded(shared.median / replicates),
      oneReplicateSeconds: one.median,
      peer: peer.what,
      peerSeconds: peer.median,
      ratio: rounded(peer.median / one.median),
      oneByOneSeconds: alone.median,
      oneByOneRatio: rounded(alone.median / one.median),
      peakMiB: one.peakMiB,
      peerPeakMiB: peer.peakMiB,
      versions: pythonVersions(python, ["torch", "numpy"]),
    };
  });
}

/** How the time of a run grows with the pool, the classes, the draws and the number of samples in a question. */
function growth(extent: Extent): [string, StudyTask][] {
  const few = <T>(all: readonly T[]) => (extent === "quick" ? all.slice(0, 1) : all);
  return [
    ...few([1000, 2000, 4000]).map((pool): [string, StudyTask] => [`a run of ALMQ, pool of ${pool}`, { pool }]),
    ...few([3, 5, 10]).map((classes): [string, StudyTask] => [`a run of ALMQ, ${classes} classes`, { classes }]),
    ...few([5, 20, 80]).map((draws): [string, StudyTask] => [`a run of ALMQ, ${draws} draws`, { draws }]),
    ...few([1, 2, 3, 4]).map((m): [string, StudyTask] => [`a run of ALMQ, m to ${m}`, { m }]),
  ];
}
