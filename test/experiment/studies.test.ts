import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { floatSamples, loadDataset, randomSource, readSafetensors, runName, runReplicate, studies, studyData, studyNamed, type Dataset } from "almq";
import { imageNetWeights } from "../../lib/experiment/imageNetWeights";
import { studyIdentity } from "../../lib/experiment/replicate";
import { standInSize } from "../../lib/experiment/study";
import { paperStudies } from "../../lib/outcome/paperStudies";
import { folder as reference } from "../reference/torch";

test("studies: sizes, costs and thresholds are those the paper's results are read with", () => {
  for (const { name, initial, budget, batchBudget, strategies } of Object.values(studies)) {
    const published = paperStudies.find(({ study }) => study === name)!;
    const almq = strategies("paper").find((strategy) => strategy.name === "ALMQ")!;
    assert.deepEqual({ initial, budget, batchBudget, offers: almq.offers }, { initial: published.initial, budget: published.budget, batchBudget: published.batchBudget, offers: published.offers });
  }
});

const small = [
  ["har", 150, { initial: 30, budget: 4, batchBudget: 2 }],
  ["mnist", 150, { initial: 20, budget: 2, batchBudget: 1 }],
  ["animal", 30, { initial: 12, budget: 2, batchBudget: 1 }],
  ["tumor", 30, { initial: 12, budget: 2, batchBudget: 1 }],
] as const;

for (const [name, size, fewer] of small)
  test(`runReplicate(${name}) runs on its stand-in from the pool to the test set`, async () => {
    const data = await loadDataset(name, { standIn: true, size });
    const study = { ...studies[name]!, ...fewer, fit: { ...studies[name]!.fit, epochs: 3 } };
    const methods = ["ALMQ+EE", "RA", "BADGE"];
    const { header, runs } = await runReplicate(study, data, 0, { fidelity: "paper", seed: 1, methods });
    assert.deepEqual(runs.map(runName), methods);
    for (const { records } of runs) {
      assert.ok(records.at(-1)!.spent > fewer.budget - 1 && records.at(-1)!.spent <= fewer.budget + 1e-6);
      for (const { test, pool } of records) assert.ok(test!.accuracy >= 0 && pool.accuracy <= 1);
    }
    assert.ok(header.standIn && header.full!.poolAccuracy > 0);
    const second = await runReplicate(study, data, 1, { fidelity: "paper", seed: 1, methods: ["RA"] });
    assert.equal(second.header.full === undefined, name !== "har", "the paper draws the first replicate's Full");
  });

test("studies of images say in their outcome which weights they start from", () => {
  for (const study of [studies.animal!, studies.tumor!]) {
    assert.match(study.weights!({ standIn: true }), /drawn at random.*a stand-in for resNet\d\d trained on ImageNet/);
    assert.match(study.weights!({ standIn: false }), /^resNet\d\d trained on ImageNet/);
    const identity = studyIdentity(study, { source: "drawn", standIn: true }, { fidelity: "paper", seed: 1 });
    assert.equal(identity.settings.weights, study.weights!({ standIn: true }));
  }
});

test("studyIdentity(…) takes the seeds 1 and \"1\" for the one that they are", () => {
  const [number, text] = ([1, "1"] as const).map((seed) => studyIdentity(studies.mnist!, { source: "drawn", standIn: true }, { fidelity: "paper", seed }));
  assert.deepEqual(number, text);
});

test("standInSize(study) leaves no run without samples, whatever it asks", async () => {
  const sizes = { handwriting: 2000, mnist: Math.ceil((100 + (200 * 3) / 0.4) / 0.75), animal: Math.ceil((100 + (500 * 3) / 0.39) / 0.75), "pantea-mnist-lenet-none-constrained": 2000, "pantea-cifar10-resnet18-none-ideal": Math.ceil(11_000 / 0.75) };
  for (const [name, size] of Object.entries(sizes)) assert.equal(standInSize(studyNamed(name)), size, name);
  const of = new Map<string, Dataset>();
  for (const name of [...Object.keys(studies), "pantea-mnist-lenet-none-ideal", "pantea-cifar10-resnet18-none-constrained"]) {
    const { dataset, split } = studyNamed(name);
    const data = of.get(dataset) ?? (await loadDataset(dataset, { standIn: true, size: 40 }));
    of.set(dataset, data);
    assert.ok(split(data, "paper", randomSource(1)).pool.labels.length >= 0.75 * data.labels.length, name);
  }
});

test("studyData(quick study, true) draws more than the registry's stand-in has, where the budget asks for it", async () => {
  const quick = studyNamed("tumor-quick");
  const { samples } = await studyData(quick, true);
  assert.equal(samples.count, standInSize(quick));
  assert.ok(samples.count > 200, `${samples.count}`);
});

test("classifier(data) of a study of images that could not fetch its weights tries again when it is asked again", async () => {
  const [folder, before] = [mkdtempSync(join(tmpdir(), "almq-test-")), process.env.ALMQ_DATA];
  process.env.ALMQ_DATA = folder;
  mkdirSync(join(folder, "pretrained"));
  const file = join(folder, "pretrained", "resnet18.safetensors");
  const data = { name: "tumor", source: "", standIn: false, classes: ["a", "b"], samples: floatSamples(new Float32Array(12), [2, 2, 3]), labels: new Int32Array(1) };
  const asked = async () => studies.tumor!.classifier(data, randomSource(1), "paper");
  try {
    writeFileSync(file, "no weights");
    await assert.rejects(asked(), /safetensors/i);
    copyFileSync(join(reference, "resnet50-of-1.safetensors"), file);
    await assert.rejects(asked(), (error: Error) => !/no weights|first 8 bytes|header/.test(error.message));
  } finally {
    if (before === undefined) delete process.env.ALMQ_DATA;
    else process.env.ALMQ_DATA = before;
    rmSync(folder, { recursive: true });
  }
});

test("studies of images scale every channel as the paper does, a batch at a time", () => {
  const samples = floatSamples(new Float32Array(10 * 12).fill(0.5183), [2, 2, 3]);
  const { pool, test: rest } = studies.animal!.split({ name: "animal", source: "", standIn: false, classes: ["a", "b"], samples, labels: new Int32Array(10) }, "paper", randomSource(1));
  assert.deepEqual([pool.samples.count, rest.samples.count], [8, 2]);
  const image = new Float32Array(12);
  pool.samples.read([3], image);
  [0, (0.5183 - 0.501) / 0.2632, (0.5183 - 0.4131) / 0.2808].forEach((value, k) => assert.ok(Math.abs(image[k]! - value) < 1e-6));
});

test("imageNetWeights(model) finds a file in the folder of ALMQ_DATA", async () => {
  const [folder, before] = [mkdtempSync(join(tmpdir(), "almq-test-")), process.env.ALMQ_DATA];
  mkdirSync(join(folder, "pretrained"));
  copyFileSync(join(reference, "resnet50-of-1.safetensors"), join(folder, "pretrained", "resnet50.safetensors"));
  process.env.ALMQ_DATA = folder;
  try {
    assert.deepEqual(await imageNetWeights("resNet50"), readSafetensors(join(reference, "resnet50-of-1.safetensors")));
  } finally {
    if (before === undefined) delete process.env.ALMQ_DATA;
    else process.env.ALMQ_DATA = before;
    rmSync(folder, { recursive: true });
  }
});
