/** `npm run track -- FOLDER --to mlflow=URL`: shows the records of studies in MLflow, TensorBoard or Weights & Biases. */
import path from "node:path";
import { parseArgs } from "node:util";
import { track } from "../experiment/track/track";
import { mlflowTracker } from "../outcome/tracker/mlflow";
import { tensorBoardTracker } from "../outcome/tracker/tensorBoard";
import type { Tracker } from "../outcome/tracker/tracker";
import { wandbFolder } from "../outcome/tracker/wandbFolder";
import { refuse } from "../runtime/refuse";
import { runCommand } from "./runCommand";

const usage = `npm run track -- FOLDER --to mlflow=URL|tensorboard=FOLDER|wandb=FOLDER [--to …] [--follow [--replicates 30]]`;

const help = `${usage}

Shows the records of studies in the tools you have open, once or as they come. Told again, by any later call, they stand there once.
  FOLDER                   replicates of a study, or a folder of such folders: outcomes/handwriting
  --to mlflow=URL          an MLflow server, http://host:5000; a name and password in the address, or MLFLOW_TRACKING_TOKEN, are sent along
  --to tensorboard=FOLDER  for tensorboard --logdir FOLDER
  --to wandb=FOLDER        for python FOLDER/import.py, with Weights & Biases' own client
  --follow                 goes on with what the folder gets, until Ctrl+C
  --replicates             with --follow: ends when so many replicates of each study are shown
The exit status is 1 where a tracker could not be told of everything.`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { to: { type: "string", multiple: true, default: [] }, follow: { type: "boolean", default: false }, replicates: { type: "string" } },
  });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) return refuse("track", `one folder: ${usage}`, positionals.join(" ") || "none");
  if (values.to.length === 0) refuse("track", `where to, after --to: ${usage}`, "nothing");
  const replicates = values.replicates === undefined ? undefined : Number(values.replicates);
  if (replicates !== undefined && (!values.follow || !Number.isInteger(replicates) || replicates < 1)) refuse("track", "--replicates from 1 on, beside --follow", values.replicates);
  const leave = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => leave.abort());
  const all = await track({
    folder: path.resolve(folder),
    trackers: values.to.map(trackerNamed),
    ...(values.follow && { follow: { signal: leave.signal, ...(replicates !== undefined && { replicates }) } }),
    onWord: (word) => console.log(word),
    onWarning: (warning) => console.warn(warning),
  });
  if (!all) process.exitCode = 1;
}

function trackerNamed(text: string): Tracker {
  const [, kind, place] = /^(mlflow|tensorboard|wandb)=(.+)$/.exec(text) ?? refuse("track", "mlflow=URL, tensorboard=FOLDER or wandb=FOLDER", text);
  if (kind === "mlflow") return mlflowTracker(place!);
  return (kind === "tensorboard" ? tensorBoardTracker : wandbFolder)(path.resolve(place!));
}

runCommand(main, help);
