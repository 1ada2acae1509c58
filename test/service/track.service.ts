import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { outcomesFolder, readOutcomes, runName, tensorBoardTracker, track, wandbFolder } from "almq";
import { studyKey } from "../../lib/outcome/studyKey";
import { runRows } from "../../lib/outcome/tracker/runRows";
import { chromiumPath, openChromium } from "../browser/chromium";
import { temporaryFolder } from "../dataset/temporaryFolder";
import { mlflowServer, serverPython } from "./mlflow";

const skip = serverPython === undefined ? "no servers: npm run test:services installs them" : false;
/** Replicates that are followed, and seconds for which the server is down meanwhile. */
const replicates = Number(process.env.ALMQ_REPLICATES ?? 3);
const down = Number(process.env.ALMQ_DOWN ?? 4);
const source = join(outcomesFolder, "handwriting", "paper");
const files = readdirSync(source).filter((name) => /^replicate/.test(name)).sort().slice(0, replicates);

/** What stands in the records, by `replicate-07/ALMQ+EE` and the name of a metric. */
function expected(): Map<string, Map<string, [step: number, value: number][]>> {
  const { outcomes } = readOutcomes(source);
  return new Map(
    outcomes.slice(0, replicates).flatMap(({ header, runs }) =>
      runs.map((run) => {
        const metrics = new Map<string, [number, number][]>();
        for (const { step, values } of runRows(run, header.settings.budget)) for (const [name, value] of Object.entries(values)) metrics.set(name, [...(metrics.get(name) ?? []), [step, value]]);
        return [`replicate-${String(header.replicate).padStart(2, "0")}/${runName(run)}`, metrics] as const;
      }),
    ),
  );
}

test(`track --follow --to mlflow: ${replicates} replicates followed live, the server killed and down for ${down} s in between: every point is there once`, { skip, timeout: 1_500_000 }, async (context) => {
  const folder = temporaryFolder(context);
  const outcomes = join(folder, "outcomes");
  mkdirSync(outcomes);
  const server = await mlflowServer(folder);
  context.after(() => server.kill());
  await server.start();
  const program = join(__dirname, "../../lib/command/track.js");
  const child = spawn(process.execPath, [program, outcomes, "--to", `mlflow=${server.url}`, "--follow", "--replicates", String(replicates)]);
  context.after(() => void child.kill("SIGKILL"));
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (words += String(text)));
  const ended = new Promise((resolve) => child.on("exit", resolve));
  for (const [i, file] of files.entries()) {
    copyFileSync(join(source, file), join(outcomes, file));
    await pause(3_000);
    if (i !== Math.floor(replicates / 3)) continue;
    await server.kill(); // it may be in the middle of a run
    copyFileSync(join(source, files[i + 1]!), join(outcomes, files[i + 1]!));
    await pause(down * 1_000);
    await server.start();
  }
  assert.equal(await ended, 0, words);
  assert.match(words, /MLflow at .* could not be told of .*: it is caught up with when it can be/);
  await compare(server.url);

  await promisify(execFile)(process.execPath, [program, outcomes, "--to", `mlflow=${server.url}`]);
  await compare(server.url);
  if (process.env.ALMQ_PICTURE !== undefined && chromiumPath !== undefined) await picture(server.url, process.env.ALMQ_PICTURE);
});

/** Every metric of every run as MLflow has it, against the records. */
async function compare(url: string): Promise<void> {
  const { header } = readOutcomes(source).outcomes[0]!;
  const key = studyKey(header);
  const ask = async <T>(path: string, content?: object) => (await (await fetch(`${url}/api/2.0/mlflow/${path}`, { headers: { "content-type": "application/json", connection: "close" }, ...(content && { method: "POST", body: JSON.stringify(content) }) })).json()) as T;
  const { experiment } = await ask<{ experiment: { experiment_id: string } }>("experiments/get-by-name?experiment_name=almq-handwriting");
  const { runs } = await ask<{ runs: { info: { run_id: string; status: string; artifact_uri: string }; data: { tags: { key: string; value: string }[]; params: { key: string; value: string }[] } }[] }>("runs/search", { experiment_ids: [experiment.experiment_id], max_results: 1000 });
  const tagged = new Map(runs.map((run) => [run.data.tags.find((tag) => tag.key === "almq.key")!.value, run]));
  const wanted = expected();
  assert.equal(runs.length, wanted.size + 1);
  assert.deepEqual([...tagged.keys()].sort(), [key, ...[...wanted.keys()].map((run) => `${key}/${run}`)].sort());
  assert.ok(runs.every(({ info }) => info.status === "FINISHED"));
  const parent = tagged.get(key)!;
  for (const [name, metrics] of wanted) {
    const { info, data } = tagged.get(`${key}/${name}`)!;
    assert.equal(data.tags.find((tag) => tag.key === "mlflow.parentRunId")!.value, parent.info.run_id);
    assert.equal(data.params.find((param) => param.key === "replicate")!.value, String(Number(/\d+/.exec(name))));
    for (const [metric, points] of metrics) {
      const history = await ask<{ metrics: { step: number; value: number }[] }>(`metrics/get-history?run_id=${info.run_id}&metric_key=${metric}`);
      const told = history.metrics.map(({ step, value }) => [Number(step), value] as const).sort(([a], [b]) => a - b);
      assert.deepEqual(told, points, `${metric} of ${name}`);
    }
  }
  assert.equal(parent.data.params.find((param) => param.key === "settings.budget")!.value, "100");
  const { files: kept } = await ask<{ files: { path: string }[] }>(`artifacts/list?run_id=${parent.info.run_id}`);
  assert.deepEqual(kept.map(({ path }) => path).sort(), ["curves.csv", "learning-curves.png", "learning-curves.svg", "question-counts.png", "question-counts.svg"]);
}

/** A screenshot of MLflow's page that compares the runs of the first replicate. */
async function picture(url: string, path: string): Promise<void> {
  const search = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ experiment_ids: ["1"], max_results: 13, filter: "params.replicate = '0'" }) };
  const { runs } = (await (await fetch(`${url}/api/2.0/mlflow/runs/search`, search)).json()) as { runs: { info: { run_id: string } }[] };
  const browser = await openChromium();
  const page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
  for (const [name, address] of [["compare", `compare-runs?runs=${JSON.stringify(runs.map(({ info }) => info.run_id))}&experiments=["1"]`], ["charts", "experiments/1/runs?compareRunsMode=CHART"], ["runs", "experiments/1/runs"]]) {
    await page.goto(`${url}/#/${address}`);
    await page.waitForTimeout(12_000);
    await page.screenshot({ path: path.replace(".png", `-${name}.png`) });
  }
  await browser.close();
}

test("track(options) into TensorBoard's folder: its own reader finds every point once, also after a second call", { skip, timeout: 240_000 }, async (context) => {
  const folder = temporaryFolder(context);
  const outcomes = join(folder, "outcomes");
  mkdirSync(outcomes);
  for (const file of files) {
    copyFileSync(join(source, file), join(outcomes, file));
    assert.equal(await track({ folder: outcomes, trackers: [tensorBoardTracker(join(folder, "logs"))] }), true);
  }
  const reader = `
import json, pathlib, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
root, found = pathlib.Path(sys.argv[1]), {}
for place in sorted({path.parent for path in root.rglob("*tfevents*")}):
    events = EventAccumulator(str(place), size_guidance={"scalars": 0})
    events.Reload()
    found[str(place.relative_to(root))] = {tag: [[event.step, event.value] for event in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
json.dump(found, sys.stdout)`;
  const { stdout } = await promisify(execFile)(serverPython!, ["-c", reader, join(folder, "logs")], { maxBuffer: 2 ** 28 });
  const key = studyKey(readOutcomes(source).outcomes[0]!.header);
  const single = (points: [number, number][]) => points.map(([step, value]) => [step, Math.fround(value)]);
  const wanted = [...expected()].map(([run, metrics]) => [`${key}/${run}`, Object.fromEntries([...metrics].map(([name, points]) => [name, single(points)]))] as const);
  assert.deepEqual(JSON.parse(stdout), Object.fromEntries(wanted));
});

test("wandbFolder(folder) is read by Weights & Biases' own client, each run once", { skip, timeout: 240_000 }, async (context) => {
  const folder = temporaryFolder(context);
  const outcomes = join(folder, "outcomes");
  mkdirSync(outcomes);
  copyFileSync(join(source, files[0]!), join(outcomes, files[0]!));
  const place = join(folder, "wandb-export");
  await track({ folder: outcomes, trackers: [wandbFolder(place)] });
  writeFileSync(join(place, "runs", "notes.txt"), "not a run");
  for (let call = 0; call < 2; call++) await promisify(execFile)(serverPython!, ["import.py"], { cwd: place, env: { ...process.env, WANDB_MODE: "offline", WANDB_SILENT: "true" } });
  const runs = readdirSync(join(place, "runs"));
  assert.equal(runs.filter((name) => name.endsWith(".json")).length, 14);
  assert.equal(runs.filter((name) => name.endsWith(".imported")).length, 14);
  assert.equal(readdirSync(join(place, "wandb")).filter((name) => name.startsWith("offline-run")).length, 14);
});
