import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writableFolder } from "../../runtime/writableFolder";
import { writeWhole } from "../writeWhole";
import { safePath } from "./safePath";
import type { MetricRow, Tracker } from "./tracker";

/** How a run lies in the folder: what `wandb.init` and `run.log` are told. */
interface ExportedRun {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly config: Readonly<Record<string, string | number | boolean>>;
  readonly rows: readonly MetricRow[];
  readonly files: readonly string[];
}

/**
 * A folder for Weights & Biases: a file for each run, and `import.py`, which gives them to W&B's own Python client. There is
 * no client in almq because W&B has no documented interface over the network to write runs with, and its JavaScript
 * client had its last release in May 2023; its Python client is kept up, and reads these files in twenty lines.
 *
 * @throws {InputError} when the folder cannot be written to
 */
export function wandbFolder(folder: string): Tracker {
  writableFolder(folder, "wandbFolder");
  writeWhole(join(folder, "import.py"), program);
  const runs = join(folder, "runs");
  return {
    name: `the folder ${folder} for Weights & Biases`,
    async finished(study) {
      const files = existsSync(runs) ? readdirSync(runs).filter((name) => name.endsWith(".json")) : [];
      const keys = files.map((name) => (JSON.parse(readFileSync(join(runs, name), "utf8")) as ExportedRun).key);
      return new Set(keys.filter((key) => key === study || key.startsWith(`${study}/`)));
    },
    async start({ key, name, parent, params }) {
      const id = createHash("sha256").update(key).digest("hex").slice(0, 16);
      const rows: MetricRow[] = [];
      const files: string[] = [];
      return {
        metrics: async (more) => void rows.push(...more),
        async file(named, bytes) {
          writeWhole(join(folder, "files", id, safePath(named)), bytes);
          files.push(named);
        },
        async end() {
          const run: ExportedRun = { key, id, name, group: parent ?? key, config: params, rows, files };
          writeWhole(join(runs, `${id}.json`), JSON.stringify(run));
        },
      };
    },
  };
}

const program = `"""Gives the runs beside this file to Weights & Biases: pip install wandb, wandb login, python import.py [PROJECT].
Run it again for what is new, or after an interruption: a run has one id, and steps it has already are left out.
With WANDB_MODE=offline nothing leaves this machine until wandb sync."""
import json, pathlib, sys
import wandb

here = pathlib.Path(__file__).resolve().parent
for path in sorted((here / "runs").glob("*.json")):
    told = json.loads(path.read_text())
    done = path.with_suffix(".imported")
    if done.exists() and done.read_text() == str(len(told["rows"])):
        continue
    run = wandb.init(project=sys.argv[1] if len(sys.argv) > 1 else "almq", id=told["id"], name=told["name"], group=told["group"],
                     config={**told["config"], "key": told["key"]}, resume="allow")
    for row in told["rows"]:
        run.log(row["values"], step=row["step"])
    for name in told["files"]:
        run.save(str(here / "files" / told["id"] / name), base_path=str(here / "files" / told["id"]), policy="now")
    run.finish()
    done.write_text(str(len(told["rows"])))
`;
