import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { promisify } from "node:util";
import { randomSource, track, writeOutcome, type Tracker } from "almq";
import { studyFigures } from "../../../lib/experiment/track/studyFigures";
import { syntheticReplicate } from "../../outcome/syntheticStudy";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "almq-track-"))));
afterEach(() => rmSync(folder, { recursive: true }));
const add = (number: number, place = folder) => writeOutcome(place, syntheticReplicate(number, randomSource(number)));

/** A tracker that keeps what it is told, and fails when it is told to. */
function memory() {
  const kept = { runs: new Map<string, { ended: boolean; steps: number; files: string[] }>(), starts: 0, down: false };
  const up = () => {
    if (kept.down) throw new Error("it is down");
  };
  const tracker: Tracker = {
    name: "a tracker",
    async finished(study) {
      up();
      return new Set([...kept.runs].filter(([key, { ended }]) => ended && key.startsWith(study)).map(([key]) => key));
    },
    async start({ key }) {
      up();
      kept.starts++;
      const run = kept.runs.get(key) ?? { ended: false, steps: 0, files: [] };
      kept.runs.set(key, run);
      return {
        metrics: async (rows) => (up(), void (run.steps = rows.length)),
        file: async (name) => (up(), void (run.files = [...new Set([...run.files, name])])),
        end: async () => (up(), void (run.ended = true)),
      };
    },
  };
  return { kept, tracker };
}

test("track(options) shows a study and a run for each method of each replicate, and nothing twice", async () => {
  const { kept, tracker } = memory();
  for (const number of [0, 1]) add(number);
  const words: string[] = [];
  assert.equal(await track({ folder, trackers: [tracker], onWord: (word) => words.push(word) }), true);
  assert.deepEqual([...kept.runs.keys()].map((key) => key.split("/").slice(1).join("/")), ["", "replicate-00/ALMQ+EE", "replicate-00/RA", "replicate-01/ALMQ+EE", "replicate-01/RA"]);
  assert.ok([...kept.runs.values()].every(({ ended, steps }) => ended && steps > 0));
  assert.deepEqual(kept.runs.values().next().value!.files, ["curves.csv", "learning-curves.svg", "learning-curves.png", "question-counts.svg", "question-counts.png"]);
  assert.match(words.join(), /a tracker: 2 replicates of .*, 4 runs of them new/);
  const starts = kept.starts;
  words.length = 0;
  await track({ folder, trackers: [tracker], onWord: (word) => words.push(word) });
  assert.match(words.join(), /^a tracker: 2 replicates of .*, nothing new$/);
  assert.equal(kept.starts, starts);
});

test("track(options) goes on past a tracker that is down with a warning, and catches up later", async () => {
  const [down, up] = [memory(), memory()];
  down.kept.down = true;
  add(0);
  const warnings: string[] = [];
  assert.equal(await track({ folder, trackers: [down.tracker, up.tracker], onWarning: (warning) => warnings.push(warning) }), false);
  assert.match(warnings.join(), /^a tracker could not be told of .* \(it is down\): the same command catches up later$/);
  assert.equal(up.kept.runs.size, 3);
  down.kept.down = false;
  assert.equal(await track({ folder, trackers: [down.tracker] }), true);
  assert.deepEqual(down.kept.runs, up.kept.runs);
});

test("track({ follow }) shows what comes, warns of an outage once, and ends when there are enough replicates", async () => {
  const { kept, tracker } = memory();
  const place = join(folder, "paper");
  mkdirSync(place);
  const warnings: string[] = [];
  const following = track({ folder, trackers: [tracker], follow: { signal: new AbortController().signal, replicates: 3 }, onWarning: (warning) => warnings.push(warning) });
  for (const number of [0, 1, 2]) {
    kept.down = number === 1;
    add(number, place);
    await new Promise((wake) => setTimeout(wake, 4_500));
  }
  assert.equal(await following, true);
  assert.equal(kept.runs.size, 7);
  assert.equal(warnings.length, 1);
});

test("track({ follow }) ends when it is told to", async () => {
  const stop = new AbortController();
  const following = track({ folder, trackers: [], follow: { signal: stop.signal } });
  stop.abort();
  assert.equal(await following, true);
});

test("track(options) leaves out a replicate that was cut until it is whole", async () => {
  const { kept, tracker } = memory();
  add(0);
  const path = add(1);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.slice(0, text.length - 200));
  const warnings: string[] = [];
  await track({ folder, trackers: [tracker, memory().tracker], onWarning: (warning) => warnings.push(warning) });
  assert.equal(kept.runs.size, 3);
  assert.deepEqual(warnings, [`${path} was cut and is not shown until it is whole`]);
  writeFileSync(path, text);
  await track({ folder, trackers: [tracker] });
  assert.equal(kept.runs.size, 5);
});

test("track(options) refuses a folder that is not there, one without replicates, and records of two studies in one", async () => {
  await assert.rejects(track({ folder: join(folder, "none"), trackers: [] }), /expected a folder of outcomes, got nothing/);
  await assert.rejects(track({ folder, trackers: [] }), /expected a folder with replicates, got none/);
  add(0);
  writeOutcome(folder, syntheticReplicate(1, randomSource(1), { fidelity: "corrected" }));
  await assert.rejects(track({ folder, trackers: [memory().tracker] }), /one study in a folder/);
});

test("studyFigures(outcomes) draws nothing of no replicates", async () => {
  assert.deepEqual(await studyFigures([]), []);
});

test("npm run track says what it lacks, and which trackers there are", async () => {
  const run = (...args: string[]) => promisify(execFile)(process.execPath, [join(__dirname, "../../../lib/command/track.js"), ...args]);
  add(0);
  await assert.rejects(run(folder), /expected where to, after --to/);
  await assert.rejects(run("--to", `tensorboard=${folder}`), /expected one folder/);
  await assert.rejects(run(folder, "--to", "neptune=x"), /expected mlflow=URL, tensorboard=FOLDER or wandb=FOLDER, got neptune=x/);
  await assert.rejects(run(folder, "--to", "mlflow=host"), /expected an address such as http:\/\/localhost:5000/);
  await assert.rejects(run(folder, "--to", `wandb=${folder}/w`, "--replicates", "2"), /--replicates from 1 on, beside --follow/);
  await assert.rejects(run(folder, "--to", "mlflow=http://127.0.0.1:64999"), /MLflow at http:\/\/127\.0\.0\.1:64999 could not be told of .* \(nobody there\): the same command catches up later/);
});
