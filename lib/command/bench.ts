/** `npm run bench -- NAME`: measures almq beside other libraries; the last line is the summary as JSON. */
import { parseArgs } from "node:util";
import { refuse } from "../runtime/refuse";
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
    a replicate of the handwriting study beside plain PyTorch and beside fitting one by one; how a run grows (--full: 30 replicates)
npm run bench -- round [--quick | --full]
    a round of ALMQ on MNIST beside plain PyTorch, a pool of 6,000 images (--quick: 3,000; --full: 60,000)
npm run bench -- start [--quick | --full]
    the time to import almq, to a notebook's first cell, and to the figure of a figure notebook
npm run bench -- profile [--quick | --full] [--tasks CHECKOUT,…]
    where a replicate of the handwriting study spends its processor time
    --tasks   other checkouts, compiled, that are measured in turn with this one
    study, round and profile use real data where ALMQ_DATA is set, else the stand-in`;

const benches: Record<string, (extent: "quick" | "usual" | "full", tasks?: readonly string[]) => object | Promise<object>> = {
  criteria: benchCriteria,
  pool: benchPool,
  replicates: (extent) => benchReplicates(extent),
  study: (extent) => benchStudy(extent),
  round: (extent) => benchRound(extent),
  profile: (extent, checkouts) => benchProfile(extent, checkouts),
  start: (extent) => benchStart(extent),
};

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { quick: { type: "boolean", default: false }, full: { type: "boolean", default: false }, tasks: { type: "string" } } });
  const [name] = positionals;
  const bench = name === undefined || !Object.hasOwn(benches, name) ? undefined : benches[name];
  if (bench === undefined || positionals.length > 1) refuse("bench", `one of ${Object.keys(benches).join(", ")}`, `${positionals.join(" ") || "none"}\n${usage}`);
  const summary = await bench(values.full ? "full" : values.quick ? "quick" : "usual", values.tasks?.split(","));
  console.log(JSON.stringify(summary));
}

runCommand(main, usage);
