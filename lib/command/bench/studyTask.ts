/** almq's side of `npm run bench -- study` and `round`, a process of its own: does one task and prints what it took as JSON. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Dataset } from "../../dataset/dataset";
import { inMemory } from "../../dataset/inMemory";
import { loadDataset } from "../../dataset/registry/loadDataset";
import { sampleSize } from "../../dataset/sampleSize";
import { subset } from "../../dataset/subset";
import { runReplicate } from "../../experiment/replicate";
import { runStudy } from "../../experiment/runStudy";
import { studyNamed } from "../../experiment/studies";
import type { SplitDataset, Study } from "../../experiment/study";
import { allOffer, anyOffer, classOffer } from "../../question/offer";
import { randomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import { fitAlone } from "../../training/fitCrowd";
import { runCommand } from "../runCommand";
import type { Timed } from "./timedRow";

/** What is done; without anything, one replicate of the handwriting study. */
export interface StudyTask {
  readonly study?: "handwriting" | "mnist";
  /** Run so many replicates as `npm run study` does. */
  readonly replicates?: number;
  readonly workers?: number;
  /** Fit the models one by one. */
  readonly alone?: boolean;
  readonly methods?: readonly string[];
  readonly budget?: number;
  /** Samples of the pool. */
  readonly pool?: number;
  readonly classes?: number;
  readonly draws?: number;
  /** Largest number of samples in a question. */
  readonly m?: number;
  /** One batch only, from the first fit to the measured refit; or two, of which the time from record to record counts: choice, refit and look of a round within a run. */
  readonly round?: "first" | "inner";
  /** Write pool and test set there for others, and do nothing else. */
  readonly write?: string;
}

/** What it took, and which data it was done with. */
export interface StudyTaskResult extends Timed, Pick<Dataset, "source" | "standIn"> {}

async function main(task: StudyTask): Promise<void> {
  const { study = "handwriting", pool } = task;
  const data = await loadDataset(study, { standIn: "if missing", ...(pool !== undefined && { size: Math.ceil(1.25 * pool) }) }); // a fifth of the digits is for tests
  const { source, standIn } = data;
  const result: StudyTaskResult = { seconds: await secondsOf(task, data), peakMiB: process.resourceUsage().maxRSS / 1024, source, standIn };
  console.log(JSON.stringify(result));
}

async function secondsOf(task: StudyTask, data: Dataset): Promise<number> {
  if (task.replicates !== undefined) return timed(() => wholeStudy(data.name, task.replicates!, task.workers!, data.standIn));
  const study = changed(studyNamed(data.name), task);
  if (task.write !== undefined) return timed(() => write(study, data, task.write!));
  const kept: number[] = [];
  const settings = { fidelity: "paper", seed: 1, onProgress: () => void kept.push(performance.now()) } as const;
  const whole = await timed(() => runReplicate(study, data, 1, { ...settings, ...(task.methods && { methods: task.methods }), ...(task.alone && { trainer: fitAlone }) }));
  return task.round === "inner" ? (kept[1]! - kept[0]!) / 1000 : whole;
}

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function wholeStudy(study: string, replicates: number, workers: number, standIn: boolean): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "almq-bench-"));
  try {
    await runStudy({ study, replicates, workers, folder, fidelity: "paper", seed: 1, standIn });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The study with other sizes. */
function changed(study: Study, { pool, classes = 10, draws, m, budget, round }: StudyTask): Study {
  return {
    ...study,
    budget: round === undefined ? (budget ?? study.budget) : study.batchBudget * (round === "inner" ? 2 : 1),
    classifier: (data, random, fidelity) => study.classifier({ ...data, classes: data.classes.slice(0, classes) }, random, fidelity),
    split: (data, fidelity, random) => {
      const parts = study.split(data, fidelity, random);
      return { pool: some(parts.pool, classes, pool), test: some(parts.test, classes) };
    },
    strategies: (fidelity) =>
      study.strategies(fidelity).map((strategy) => ({
        ...strategy,
        ...(draws !== undefined && strategy.draws > 0 && { draws }),
        ...(m !== undefined && strategy.searchYesNo && { offers: offersUpTo(m) }),
      })),
  };
}

/** The first so many samples of the first classes; without a number, all of these classes. */
function some({ samples, labels }: SplitDataset["pool"], classes: number, size?: number): SplitDataset["pool"] {
  const known = Array.from(labels.keys()).filter((sample) => labels[sample]! < classes);
  if (size !== undefined && size > known.length) refuse("bench", `a pool of ${size} samples`, `only ${known.length}`);
  const kept = known.slice(0, size);
  if (kept.length === samples.count) return { samples, labels };
  return { samples: inMemory(subset(samples, kept)), labels: Int32Array.from(kept, (sample) => labels[sample]!) };
}

function offersUpTo(m: number) {
  const sizes = Array.from({ length: m }, (_, i) => i + 1);
  return [classOffer({ cost: 1, threshold: 0.1 }), ...sizes.flatMap((size) => [allOffer({ size, cost: 0.3, threshold: 0.5 }), anyOffer({ size, cost: 0.3, threshold: 0.5 })])];
}

/** The same split as numbers, for PyTorch. */
function write(study: Study, data: Dataset, folder: string): void {
  const { pool, test } = study.split(data, "paper", randomSource(1));
  for (const [part, { samples, labels }] of [["pool", pool], ["test", test]] as const) {
    const values = new Float32Array(samples.count * sampleSize(samples.shape));
    samples.read(Int32Array.from(labels.keys()), values);
    writeFileSync(path.join(folder, `${part}.f32`), values);
    writeFileSync(path.join(folder, `${part}.i32`), labels);
  }
  const { initial, budget, batchBudget, fit } = study;
  const costs = study.strategies("paper")[0]!.offers.map(({ cost }) => cost);
  const methods = study.name === "mnist" ? ["ALMQ+EE"] : ["ALMQ", "BALD", "EN", "VAR", "LC", "RA"].flatMap((method) => [`${method}+EE`, method]).concat("BADGE");
  const settings = { ...fit, initial, budget, batchBudget, costs, methods, classes: data.classes.length, width: sampleSize(pool.samples.shape) };
  writeFileSync(path.join(folder, "settings.json"), JSON.stringify(settings));
}

runCommand(() => main(JSON.parse(process.argv[2]!) as StudyTask), "");
