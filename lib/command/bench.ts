/** `npm run bench -- NAME`: measures almq beside other libraries; the last line is the summary as JSON. */
import path from "node:path";
import { parseArgs } from "node:util";
import { projectFolder } from "../runtime/projectFolder";
import { refuse } from "../runtime/refuse";
import type { BenchSettings } from "./bench/benchRun";
import { benchCriteria } from "./bench/criteria";
import { benchPool } from "./bench/pool";
import { benchProfile } from "./bench/profile";
import { benchReplicates } from "./bench/replicates";
import { benchRound } from "./bench/round";
import { benchStudy } from "./bench/study";
import { benchStart } from "./bench/start";
import { runCommand } from "./runCommand";

const usage = `npm run bench -- criteria [--quick | --full] [--tasks entropy,bald]
    entropy, BALD, BADGE, core-set, BatchBALD beside PyTorch, scikit-activeml, baal and batchbald_redux, which it installs into .bench/
    --quick   pools up to 10,000 samples only
    --full    batchbald_redux on 60,000 samples too, once: half an hour
    --tasks   measures only these again; the others stay as they were measured
npm run bench -- pool [--quick | --full] [--tasks 1000000,5000000]
    a round of active learning on pools in Parquet: 10,000 to 1,000,000 rows of 64 numbers (--quick: to 100,000; --full: to 10,000,000)
    --tasks   measures only these sizes again; the others stay as they were measured
npm run bench -- replicates [--quick | --full]
    1 to 4 replicates of two of the handwriting study's methods with one worker and with two (--quick: to 2; --full: to 8), and gathering a record
npm run bench -- study [--quick | --full]
    a replicate of the handwriting study beside plain PyTorch and beside fitting one by one; on two workers; how a run grows (--full: 30 replicates)
npm run bench -- round [--quick | --full]
    a round of ALMQ on MNIST beside plain PyTorch, a pool of 6,000 images (--quick: 3,000; --full: 60,000)
npm run bench -- start [--quick | --full]
    the time to import almq, to a notebook's first cell, and to the figure of a figure notebook
npm run bench -- profile [--quick | --full] [--tasks CHECKOUT,…]
    where a replicate of the handwriting study spends its processor time
    --tasks   other checkouts, compiled, that are measured in turn with this one
    study, round and profile use the real data where it is on this machine (npm run datasets -- handwriting, mnist), else digits that almq draws
all of them
    --out FOLDER   where NAME.json is kept; default: outcomes/bench, and with --quick nowhere`;

const benches: Record<string, (settings: BenchSettings) => Promise<object>> = {
  criteria: benchCriteria,
  pool: benchPool,
  replicates: benchReplicates,
  study: benchStudy,
  round: benchRound,
  profile: benchProfile,
  start: benchStart,
};
/** The benches for which --tasks means something. */
const withTasks = ["criteria", "pool", "profile"];

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { quick: { type: "boolean", default: false }, full: { type: "boolean", default: false }, tasks: { type: "string" }, out: { type: "string" } } });
  const { quick, full, tasks, out } = values;
  const [name = ""] = positionals;
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (bench === undefined || positionals.length > 1) refuse("bench", `one of ${Object.keys(benches).join(", ")}`, `${positionals.join(" ") || "none"}\n${usage}`);
  if (quick && full) refuse("bench", "--quick or --full", "both");
  if (tasks !== undefined && !withTasks.includes(name)) refuse("bench", `--tasks with ${withTasks.join(", ")} only`, name);
  const folder = out ?? (quick ? undefined : path.join(projectFolder, "outcomes/bench"));
  const settings = { extent: full ? "full" : quick ? "quick" : "usual", ...(tasks !== undefined && { tasks: tasks.split(",") }), ...(folder !== undefined && { folder }) } as const;
  const summary = await bench(settings);
  console.log(folder === undefined ? "not kept: of --quick only what has --out FOLDER is" : `kept in ${path.relative(process.cwd(), path.join(folder, `${name}.json`))}`);
  console.log(JSON.stringify(summary));
}

runCommand(main, usage);
