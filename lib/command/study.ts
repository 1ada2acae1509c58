/** `npm run study -- NAME`: runs a study, or what is missing of it, and derives its curves. */
import { parseArgs } from "node:util";
import path from "node:path";
import { parseShard } from "../experiment/shard";
import { studies, studyNamed } from "../experiment/studies";
import { queueStudy } from "../experiment/queue/queueStudy";
import { runStudy, type StudyRun } from "../experiment/runStudy";
import { curves } from "../outcome/curves";
import { writeCurves } from "../outcome/curvesFile";
import { readOutcomes } from "../outcome/outcomeFolder";
import { projectFolder } from "../runtime/projectFolder";
import { progressLine } from "../runtime/progressLine";
import { refuse } from "../runtime/refuse";
import type { Fidelity } from "../training/fitSettings";
import { runCommand } from "./runCommand";

const usualReplicates = 30;
const usage = `npm run study -- NAME [--fidelity paper|corrected] [--replicates 30] [--methods ALMQ+EE,RA] [--seed 1]
                     [--workers 2 | --queue redis://HOST:6379] [--shard 2/3] [--stand-in] [--quick] [--out FOLDER]`;

const help = `${usage}

Runs a study, or what is missing of it in its folder, and derives its curves. Stopped or killed, the same command goes on where it was.
  NAME          ${Object.keys(studies).join(", ")}, or one of L. Pantea's studies, such as pantea-mnist-lenet-none-constrained
  --fidelity    paper: as the paper's released code does it (default), or corrected: without its slips
  --replicates  how many in all, with those that are there (default ${usualReplicates}, or the study's own number)
  --methods     only these, with commas between them (default: all that the study compares)
  --seed        of all that is random (default 1)
  --workers     replicates that run here at the same time (default 2), one thread each; 1 has all cores, and rounds otherwise
  --queue       a Redis from which other machines take the replicates: see npm run worker -- --help
  --shard       2/3: the second of three shares; other machines run the others, into the same folder
  --stand-in    on data that almq draws instead of the real ones
  --quick       much smaller, to see what it does
  --out         folder of the records (default outcomes/NAME/FIDELITY, where NAME ends in -quick, -stand-in or both if these are asked for)`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      fidelity: { type: "string", default: "paper" },
      replicates: { type: "string" },
      methods: { type: "string" },
      seed: { type: "string", default: "1" },
      workers: { type: "string" },
      queue: { type: "string" },
      shard: { type: "string" },
      "stand-in": { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      out: { type: "string" },
    },
  });
  const [name] = positionals;
  if (name === undefined || positionals.length > 1) refuse("study", `one name: ${usage}`, positionals.join(" ") || "none");
  const study = studyNamed(values.quick ? `${name}-quick` : name);
  const fidelity = values.fidelity;
  if (fidelity !== "paper" && fidelity !== "corrected") refuse("study", "a fidelity of paper or corrected", fidelity);
  if (values.out === "") refuse("study", "a folder after --out", "none");
  const standIn = values["stand-in"];
  const folder = path.resolve(values.out ?? path.join(projectFolder, "outcomes", standIn ? `${study.name}-stand-in` : study.name, fidelity));
  const line = progressLine(`${study.name} (${fidelity})`);
  const run: StudyRun = {
    study: study.name,
    fidelity: fidelity satisfies Fidelity,
    replicates: values.replicates === undefined ? (study.replicates ?? usualReplicates) : Number(values.replicates),
    seed: values.seed,
    folder,
    standIn,
    ...(values.shard !== undefined && { shard: parseShard(values.shard) }),
    ...(values.methods !== undefined && { methods: values.methods.split(",") }),
    onProgress: ({ done, of, share, toDo }) => line.show(toDo === 0 ? 1 : share / toDo, `${done} of ${of} replicates${values.shard === undefined ? "" : ` of shard ${values.shard}`}`),
  };
  if (values.queue === undefined) await runStudy({ ...run, workers: Number(values.workers ?? 2) });
  else if (values.workers !== undefined) refuse("study", "either --workers here or --queue, whose workers are elsewhere", "both");
  else if (!(await queued(run, values.queue))) return;
  line.end();
  const file = path.join(folder, "curves.csv");
  const { outcomes, losses } = readOutcomes(folder);
  for (const loss of losses) console.warn(loss);
  writeCurves(file, curves(outcomes));
  console.log(`${path.relative(process.cwd(), file)} written`);
  if (study.quick !== undefined) console.log(`A quick study, not the published one: ${study.quick}.`);
}

/** Runs a study in a queue, until it is whole or somebody ends this process; tells whether it is whole. */
async function queued(run: StudyRun, queue: string): Promise<boolean> {
  const leave = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => leave.abort(signal));
  await queueStudy({ ...run, queue, signal: leave.signal, onWarning: (warning) => console.warn(`\n${warning}`) });
  if (!leave.signal.aborted) return true;
  console.log("\nthe jobs stay in the queue and the workers go on; the same command gathers what they made");
  process.exitCode = leave.signal.reason === "SIGINT" ? 130 : 143;
  return false;
}

runCommand(main, help);
