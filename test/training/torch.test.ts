import { test } from "node:test";
import {
  averagePool,
  batchNorm,
  conv2d,
  dense,
  fitAlone,
  floatSamples,
  labeled,
  loadWeights,
  maxPool,
  network,
  randomSource,
  relu,
  type AnsweredQuestion,
  type FitSettings,
} from "almq";
import { assertNear } from "../acquisition/near";
import { arrays, torch } from "../reference/torch";

const yesNo = (kind: "all" | "any", asked: number, samples: number[], answer: "yes" | "no"): AnsweredQuestion => ({
  question: { kind, class: asked, samples },
  answer,
});
const observations = [
  labeled(0, 0), labeled(1, 2), labeled(2, 1), labeled(3, 1),
  yesNo("all", 1, [4, 5], "no"), yesNo("all", 0, [6], "yes"), yesNo("any", 2, [7, 8, 9], "yes"), yesNo("any", 0, [10, 11], "no"),
  yesNo("all", 2, [3, 8, 1], "no"), yesNo("any", 1, [2], "yes"),
];
const settings: FitSettings = { epochs: 60, batchSize: 100, learningRate: 0.01, patience: Infinity, fidelity: "paper" };

async function check(fitted: typeof torch.adam, changes: Partial<FitSettings>): Promise<void> {
  const classifier = network({ inputShape: [5], layers: [dense(4), relu(), dense(3)], random: randomSource(1) });
  classifier.values.forEach((values, i) => values.set(fitted.start[i]!));
  const samples = floatSamples(Float32Array.from(torch.x), [5]);
  const { losses } = await fitAlone.fit({ classifier, samples, observations, settings: { ...settings, ...changes }, random: randomSource(2) });
  assertNear(losses, fitted.losses, 1e-5);
  Object.values(classifier.weights()).forEach((w, i) => assertNear(w, fitted.end[i]!, 1e-4));
  assertNear(classifier.predict(samples).logits, fitted.logits, 1e-4);
}

test("fit(request) takes the same sixty steps of Adam on labels and answers as PyTorch", () => check(torch.adam, {}));

test("fit(request) takes the same sixty steps of SGD with momentum and weight decay as PyTorch", () =>
  check(torch.sgd, { learningRate: 0.1, optimizer: { name: "sgd", momentum: 0.9, weightDecay: 0.01 } }));

test("fit(request) trains convolutions and batch normalisation as PyTorch does, running statistics included", async () => {
  const { x, labels, start, losses: expected, end, logits } = torch.images;
  const layers = [
    conv2d({ filters: 3, kernel: 3, stride: 2, padding: 1, name: "conv1" }), batchNorm("bn1"), relu(),
    conv2d({ filters: 4, kernel: 3, name: "conv2" }), maxPool(2), averagePool(), dense(3, "fc"),
  ];
  const make = () => network({ inputShape: [12, 12, 2], layers, random: randomSource(1) });
  const [classifier, wanted] = [make(), make()];
  loadWeights(classifier, arrays(start));
  loadWeights(wanted, arrays(end));
  const samples = floatSamples(Float32Array.from(x), [12, 12, 2]);
  const own: FitSettings = { ...settings, epochs: 20, learningRate: 0.1, divisor: "observations", optimizer: { name: "sgd", momentum: 0.5, weightDecay: 0.01 } };
  const { losses } = await fitAlone.fit({ classifier, samples, observations: labels.map((label, i) => labeled(i, label)), settings: own, random: randomSource(2) });
  assertNear(losses, expected, 1e-4);
  Object.entries(wanted.weights()).forEach(([name, w]) => assertNear(classifier.weights()[name]!, w, 1e-4));
  assertNear(classifier.predict(samples).logits, logits, 1e-4);
});
