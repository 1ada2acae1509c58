import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dense, fitAlone, floatSamples, labeled, network, randomSource, relu, type AnsweredQuestion, type FitSettings } from "almq";
import { assertNear } from "../acquisition/near";

interface Fitted {
  readonly start: number[][];
  readonly losses: number[];
  readonly end: number[][];
  readonly logits: number[];
}

const folder = join(__dirname, "../../../test/reference");
const torch = JSON.parse(readFileSync(join(folder, "torch.json"), "utf8")) as { x: number[]; adam: Fitted; sgd: Fitted };

const yesNo = (kind: "all" | "any", asked: number, samples: number[], answer: "yes" | "no"): AnsweredQuestion => ({
  question: { kind, class: asked, samples },
  answer,
});
const observations = [
  labeled(0, 0), labeled(1, 2), labeled(2, 1), labeled(3, 1),
  yesNo("all", 1, [4, 5], "no"), yesNo("all", 0, [6], "yes"), yesNo("any", 2, [7, 8, 9], "yes"), yesNo("any", 0, [10, 11], "no"),
  yesNo("all", 2, [3, 8, 1], "no"), yesNo("any", 1, [2], "yes"),
];

async function check(fitted: Fitted, settings: Partial<FitSettings>) {
  const classifier = network({ inputShape: [5], layers: [dense(4), relu(), dense(3)], random: randomSource(1) });
  classifier.values.forEach((values, i) => values.set(fitted.start[i]!));
  const samples = floatSamples(Float32Array.from(torch.x), [5]);
  const all: FitSettings = { epochs: 60, batchSize: 100, learningRate: 0.01, patience: 100, fidelity: "paper", ...settings };
  const { losses } = await fitAlone.fit({ classifier, samples, observations, settings: all, random: randomSource(2) });
  assertNear(losses, fitted.losses, 1e-5);
  Object.values(classifier.weights()).forEach((w, i) => assertNear(w, fitted.end[i]!, 1e-4));
  assertNear(classifier.predict(samples).logits, fitted.logits, 1e-4);
}

test("fit(request) takes the same sixty steps of Adam as PyTorch", () => check(torch.adam, {}));
