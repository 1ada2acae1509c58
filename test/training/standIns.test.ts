import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ann, channelScale, fitAlone, inMemory, labeled, leNet, loadDataset, normalizeImages, randomSource, resNet18, resNet18Transfer, resNet50Transfer,
  shrinkImages, simpleCnn, standardize, type DatasetName, type Network, type Samples,
} from "almq";

/** A model, the stand-in it learns, and the loss it must come below; chance is half of log(classes), as a label counts twice. */
interface Case {
  readonly name: string;
  readonly dataset: DatasetName;
  readonly size: number;
  readonly make: (inputShape: [number, number, number]) => Network;
  readonly prepare: (samples: Samples) => Samples;
  readonly epochs: number;
  readonly below: number;
}

const random = randomSource("stand-ins");
const asItIs = (samples: Samples) => samples;
const scaled = (samples: Samples) => normalizeImages(samples, channelScale(samples));
const small = (samples: Samples) => scaled(inMemory(shrinkImages(samples, 4)));

const cases: Case[] = [
  { name: "ann", dataset: "har", size: 120, make: () => ann({ inputs: 561, classes: 6, random }), prepare: (samples) => standardize(samples, samples), epochs: 10, below: 0.1 },
  { name: "simpleCnn", dataset: "mnist", size: 120, make: () => simpleCnn({ classes: 10, random }), prepare: asItIs, epochs: 10, below: 0.4 },
  { name: "leNet", dataset: "mnist", size: 120, make: () => leNet({ classes: 10, random }), prepare: asItIs, epochs: 12, below: 0.4 },
  { name: "leNet with dropout", dataset: "mnist", size: 120, make: () => leNet({ classes: 10, dropout: 0.25, random }), prepare: asItIs, epochs: 16, below: 0.5 },
  { name: "resNet18", dataset: "cifar10", size: 80, make: () => resNet18({ classes: 10, filters: 8, random }), prepare: scaled, epochs: 5, below: 0.6 },
  { name: "resNet18Transfer", dataset: "tumor", size: 40, make: (inputShape) => resNet18Transfer({ inputShape, classes: 4, hidden: 64, filters: 8, random }), prepare: small, epochs: 6, below: 0.4 },
  { name: "resNet50Transfer", dataset: "animal", size: 40, make: (inputShape) => resNet50Transfer({ inputShape, classes: 10, hidden: 64, filters: 8, random }), prepare: small, epochs: 8, below: 0.8 },
];

for (const { name, dataset, size, make, prepare, epochs, below } of cases)
  test(`fit(request) brings the loss of ${name} below ${below} on the stand-in of ${dataset}`, async (context) => {
    const data = await loadDataset(dataset, { standIn: true, size });
    const samples = prepare(data.samples);
    const classifier = make(samples.shape as [number, number, number]);
    const observations = Array.from(data.labels, (label, sample) => labeled(sample, label));
    const settings = { epochs, batchSize: 16, learningRate: 2e-3, patience: Infinity, fidelity: "corrected" } as const;
    const { losses } = await fitAlone.fit({ classifier, samples, observations, settings, random: random.split(name) });
    context.diagnostic(losses.map((loss) => loss.toFixed(3)).join(" "));
    assert.ok(losses[0]! > 1.2 * below, `${losses[0]}: it had something to learn`);
    assert.ok(losses.at(-1)! < below, losses.join(" "));
    classifier.dispose();
  });
