import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tf } from "../../runtime/tensorflow";
import { refuse } from "../../runtime/refuse";
import { writableFolder } from "../../runtime/writableFolder";
import { safePath } from "./safePath";
import type { MetricRow, Tracker } from "./tracker";

/** What of tfjs-node's summary writer is used here; it keeps the last two to itself, and never closes its file. */
interface SummaryWriter {
  scalar(name: string, value: number, step: number): void;
  flush(): void;
  readonly backend: { executeMultipleOutputs(op: string, attributes: [], inputs: unknown[], outputs: number): void };
  readonly resourceHandle: unknown;
}

/**
 * TensorBoard: a folder of event files for each run, `STUDY/replicate-07/ALMQ+EE`, through tfjs-node's writer, which knows
 * curves only: no parameters, no figures. A run's folder appears when it is whole, and is never written again.
 *
 * @param folder that `tensorboard --logdir` is given
 * @throws {InputError} when the folder cannot be written to, or TensorFlow is not there
 */
export function tensorBoardTracker(folder: string): Tracker {
  writableFolder(folder, "tensorBoardTracker");
  const { node } = tf as unknown as { node?: { summaryFileWriter(logdir: string): SummaryWriter } };
  if (node?.summaryFileWriter === undefined) return refuse("tensorBoardTracker", "TensorFlow, whose writer it uses", "tfjs in plain JavaScript");
  return {
    name: `TensorBoard's folder ${folder}`,
    finished: async (study) => new Set(runsIn(folder, safePath(study))),
    async start({ key }) {
      const place = join(folder, safePath(key));
      const beside = `${place}.part`;
      const rows: MetricRow[] = [];
      return {
        metrics: async (more) => void rows.push(...more),
        file: async () => {},
        async end() {
          if (rows.length === 0 || existsSync(place)) return;
          rmSync(beside, { recursive: true, force: true }); // an earlier call was killed half-way
          inOneLine(() => writeEvents(() => node.summaryFileWriter(beside), rows));
          renameSync(beside, place);
        },
      };
    },
  };
}

function writeEvents(open: () => SummaryWriter, rows: readonly MetricRow[]): void {
  tf.tidy(() => {
    const writer = open();
    for (const { step, values } of rows) for (const [name, value] of Object.entries(values)) writer.scalar(name, value, step);
    writer.flush();
    writer.backend.executeMultipleOutputs("CloseSummaryWriter", [], [writer.resourceHandle], 0);
  });
}

/** Of TensorFlow's words the line that says why; the others say it again. */
function inOneLine<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { message } = error as Error;
    throw new Error(/^Message: (.*)$/m.exec(message)?.[1] ?? message);
  }
}

/** The keys of the runs below a folder: its inner folders that hold event files. */
function runsIn(folder: string, key: string): string[] {
  const place = join(folder, key);
  if (!existsSync(place)) return [];
  const entries = readdirSync(place, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile())) return [key];
  return entries.filter((entry) => !entry.name.endsWith(".part")).flatMap(({ name }) => runsIn(folder, `${key}/${name}`));
}
