import assert from "node:assert/strict";
import { test } from "node:test";
import { loadDataset, panteaSettings, panteaStudies, panteaStudy, quickStudy, randomSource, readOutcomes, replicateFile, runName, runReplicate, runStudy, studies, studyNamed, writeOutcome, type Dataset, type Study } from "almq";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const name = "pantea-mnist-lenet-none-constrained";
const small = (study: Study): Study => ({ ...study, initial: 20, budget: 6, batchBudget: 3, fit: { ...study.fit, epochs: 3, learningRate: 0.05 } });
const standIn = (dataset: Study["dataset"]): Promise<Dataset> => loadDataset(dataset, { standIn: true, size: 160 });

test("panteaStudies: three datasets, two models, three noises, two scenarios, each with three seeds and three strategies", () => {
  assert.equal(panteaSettings.length, 36);
  assert.deepEqual(Object.keys(panteaStudies), panteaSettings.map(panteaStudy));
  for (const study of Object.values(panteaStudies)) {
    assert.deepEqual(study.strategies("paper").map((strategy) => strategy.name), ["RA", "EN", "BALD"]);
    assert.equal(study.replicates, 3);
    assert.deepEqual(study.budget / study.batchBudget, study.name.endsWith("ideal") ? 10 : 100, study.name);
  }
});

test("studyNamed(name) knows the paper's studies, Pantea's, and every one made quick, and lists them where it does not", () => {
  assert.equal(studyNamed(name), panteaStudies[name]);
  assert.equal(studyNamed("mnist-quick").name, "mnist-quick");
  assert.equal(studyNamed("mnist-quick-quick").name, "mnist-quick");
  assert.throws(() => studyNamed("pantea-mnist"), /expected one of handwriting, har, mnist,.* pantea-mnist\|cifar10\|fashionmnist-lenet\|resnet18-none\|gaussian\|saltandpepper-constrained\|ideal, got pantea-mnist/);
});

test("runReplicate(pantea as published): one split and one balanced initial set for all seeds, which differ in what they ask", async () => {
  const data = await standIn("mnist");
  const study = small(panteaStudies[name]!);
  const started = async (replicate: number, fidelity: "paper" | "corrected") => {
    let initial: number[] = [];
    const watched: Study = { ...study, initialSet: (labels, size, random) => (initial = study.initialSet!(labels, size, random)) };
    const outcome = await runReplicate(watched, data, replicate, { fidelity, seed: 1 });
    return { initial, outcome };
  };
  const [first, second, corrected] = [await started(0, "paper"), await started(1, "paper"), await started(0, "corrected")];
  assert.deepEqual(second.initial, first.initial);
  assert.notDeepEqual(corrected.initial, (await started(1, "corrected")).initial);
  const asked = (of: typeof first, method: string) => of.outcome.runs.find((run) => runName(run) === method)!.records.slice(1).map(({ question }) => question!.samples[0]);
  assert.notDeepEqual(asked(second, "RA"), asked(first, "RA"), "seeds differ in what is asked");
  const labels = study.split(data, "paper", randomSource(1).split(study.name).split("split")).pool.labels;
  const perClass = first.initial.reduce((counts, sample) => ((counts[labels[sample]!]! += 1), counts), new Array<number>(10).fill(0));
  assert.deepEqual(perClass, new Array(10).fill(2), "the initial set is balanced");
  for (const { outcome } of [first, second, corrected]) {
    assert.deepEqual(outcome.runs.map(runName), ["RA", "EN", "BALD"]);
    assert.ok(outcome.header.full!.testAccuracy! > 0, "beside them a network fitted on as many labels");
    for (const { records } of outcome.runs) assert.deepEqual([records.length, records.at(-1)!.spent], [7, 6]);
  }
});

test("runReplicate(study) with a refit that begins afresh: what a round learned is gone in the next; else it stays", async () => {
  const data = await standIn("mnist");
  const still = { epochs: 1, batchSize: 64, learningRate: 1e-9 }; // whatever changes, training has not changed it
  for (const refit of ["begins afresh", "goes on"] as const) {
    const study: Study = { ...small(panteaStudies[name]!), fit: { ...still, optimizer: { name: "sgd" } }, refit };
    const { runs, header } = await runReplicate(study, data, 0, { fidelity: "paper", seed: 1, methods: ["RA"] });
    const losses = [0, 3, 6].map((step) => runs[0]!.records[step]!.test!.crossEntropy);
    const change = Math.min(Math.abs(losses[1]! - losses[0]!), Math.abs(losses[2]! - losses[1]!));
    assert.ok(refit === "goes on" ? change < 1e-6 : change > 1e-4, `${refit}: ${losses.join(", ")}`);
    assert.equal(header.settings.refit, refit);
  }
});

test("panteaStudies: BALD as published sees no disagreement; corrected, with dropout, it does", async () => {
  const data = await standIn("mnist");
  for (const model of ["lenet", "resnet18"])
    for (const fidelity of ["paper", "corrected"] as const) {
      const study = panteaStudies[`pantea-mnist-${model}-none-constrained`]!;
      const classifier = await study.classifier(data, randomSource(1), fidelity);
      const { pool } = study.split(data, fidelity, randomSource(2));
      const few = { ...pool.samples, count: 4 };
      const { values } = classifier.draws(few, 3, randomSource(3));
      const spread = Math.max(...Array.from(values, (value, at) => Math.abs(value - values[at - (at % 3)]!)));
      assert.ok(fidelity === "paper" ? spread < 1e-6 : spread > 1e-3, `${model}, ${fidelity}: ${spread}`);
      classifier.dispose();
    }
});

test("panteaStudies: noise disturbs a tenth of the standardised images, the same ones whenever they are read", async () => {
  const data = await standIn("fashion-mnist");
  const read = (noise: string) => {
    const { samples } = panteaStudies[`pantea-fashionmnist-lenet-${noise}-constrained`]!.split(data, "paper", randomSource(5)).pool;
    const all = new Float32Array(samples.count * 784);
    samples.read([...Array(samples.count).keys()], all);
    const again = new Float32Array(784);
    for (let sample = samples.count - 1; sample >= 0; sample--) {
      samples.read([sample], again);
      assert.deepEqual(again, all.slice(sample * 784, (sample + 1) * 784), `sample ${sample}`);
    }
    return all;
  };
  const clean = read("none");
  const mean = clean.reduce((sum, value) => sum + value, 0) / clean.length;
  assert.ok(Math.abs(mean) < 0.1, `mean ${mean}`);
  for (const noise of ["gaussian", "saltandpepper"]) {
    const noisy = read(noise);
    let hit = 0;
    for (let at = 0; at < clean.length; at += 784) hit += clean.subarray(at, at + 784).some((value, i) => value !== noisy[at + i]) ? 1 : 0;
    const images = clean.length / 784;
    const deviation = Math.sqrt(0.1 * 0.9 * images);
    assert.ok(Math.abs(hit - 0.1 * images) < 2 * deviation, `${noise}: ${hit} of ${images}`);
  }
});

test("quickStudy(study) keeps a study's methods, is small, and its outcomes say what was made smaller", async () => {
  for (const study of [...Object.values(studies), ...Object.values(panteaStudies)]) {
    const quick = quickStudy(study);
    assert.ok(quick.initial + quick.budget <= 150 && quick.fit.epochs <= 10 && quick.budget <= study.budget);
    assert.deepEqual(quick.strategies("paper").map((strategy) => strategy.name), study.strategies("paper").map((strategy) => strategy.name));
  }
  const folder = mkdtempSync(join(tmpdir(), "almq-quick-"));
  await runStudy({ study: "handwriting-quick", fidelity: "paper", replicates: 1, seed: 1, folder, standIn: true, workers: 1, methods: ["ALMQ+EE", "RA"] });
  const [{ header, runs }] = readOutcomes(folder).outcomes as [ReturnType<typeof readOutcomes>["outcomes"][number]];
  assert.equal(header.study, "handwriting-quick");
  assert.match(String(header.settings.quick), /at most 1000 samples in the pool/);
  assert.ok(runs.every(({ records }) => records.at(-1)!.spent <= 15));
  writeOutcome(folder, { header: { ...header, replicate: 1 }, runs });
  assert.match(readFileSync(join(folder, replicateFile(1)), "utf8"), /"quick":"at most/);
  rmSync(folder, { recursive: true });
});
