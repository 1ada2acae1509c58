import { bald } from "../acquisition/draws/bald";
import { entropy } from "../acquisition/uncertainty/entropy";
import type { Dataset, Samples } from "../dataset/dataset";
import { balancedInitialSet } from "../dataset/initialSet";
import { gaussianNoise } from "../dataset/noise/gaussianNoise";
import { saltAndPepperNoise } from "../dataset/noise/saltAndPepperNoise";
import { channelScale, normalizeImages } from "../dataset/normalizeImages";
import { part } from "../dataset/split";
import { leNet } from "../model/leNet";
import { resNet18 } from "../model/resNet18";
import { panteaStudy, type PanteaSetting } from "../outcome/panteaStudies";
import { classOffer } from "../question/offer";
import { drawWithoutReplacement, permutation } from "../random/shuffle";
import type { RandomSource } from "../random/randomSource";
import { mostUseful } from "../selection/mostUseful";
import type { Strategy } from "../selection/strategy";
import type { Fidelity } from "../training/fitSettings";
import { givenSplit, type SplitDataset, type Study } from "./study";

const datasets = { MNIST: "mnist", "CIFAR-10": "cifar10", "Fashion-MNIST": "fashion-mnist" } as const;
const models = { LeNet: leNet, "ResNet-18": resNet18 } as const;

/** Labels at the start, labels asked for in all and in a round, and samples set aside for validation. */
const scenarios = {
  constrained: { initial: 100, budget: 1000, batchBudget: 10, validation: 300 },
  ideal: { initial: 1000, budget: 10_000, batchBudget: 1000, validation: 5000 },
} as const;

/** Draws of BALD. */
const draws = 10;
/** Probability of a sample to be disturbed. */
const disturbed = 0.1;
/** Rate of the dropout that BALD needs. */
const dropout = 0.5;

/** Every setting of the Pantea study. */
export const panteaSettings: readonly PanteaSetting[] = (Object.keys(datasets) as PanteaSetting["dataset"][]).flatMap((dataset) =>
  (Object.keys(models) as PanteaSetting["model"][]).flatMap((model) =>
    (["none", "gaussian", "salt and pepper"] as const).flatMap((noise) => (["constrained", "ideal"] as const).map((scenario) => ({ dataset, model, noise, scenario }))),
  ),
);

/** The studies of the Pantea report by name, such as `"pantea-mnist-lenet-none-constrained"`. */
export const panteaStudies: Readonly<Record<string, Study>> = Object.fromEntries(panteaSettings.map((setting) => [panteaStudy(setting), studyOf(setting)]));

/**
 * One setting of L. Pantea's "Human-in-the-Loop ML Project": labels asked for at random, by maximum entropy and by BALD, ten (or a
 * thousand) a round, each time a network from fresh weights, and beside them one fitted on as many random labels at once.
 *
 * `"paper"` does what its code does: networks without dropout, so that all draws are one and BALD, its sign turned besides, is
 * rounding; and the same initial and validation samples for every seed. `"corrected"` puts dropout in front of the last layers and
 * asks for the largest BALD; every seed draws its own samples. In both, a sample that is disturbed is so whenever it is read.
 */
function studyOf(setting: PanteaSetting): Study {
  const { validation, ...sizes } = scenarios[setting.scenario];
  return {
    name: panteaStudy(setting),
    dataset: datasets[setting.dataset],
    ...sizes,
    replicates: 3,
    fit: { epochs: 100, batchSize: 64, learningRate: 1e-3, optimizer: { name: "sgd", weightDecay: 1e-4 }, divisor: "observations", patience: Infinity },
    refit: "begins afresh",
    exploration: {},
    full: "as many labels",
    initialSet: balancedInitialSet,
    sharedStart: (fidelity) => fidelity === "paper",
    split: (data, _, random) => disturbedSplit(data, setting.noise, validation, random),
    classifier: ({ samples, classes }, random, fidelity) =>
      models[setting.model]({ inputShape: samples.shape as [number, number, number], classes: classes.length, dropout: fidelity === "paper" ? 0 : dropout, random }),
    strategies,
  };
}

function strategies(fidelity: Fidelity): readonly Strategy[] {
  const sign = fidelity === "paper" ? -1 : 1;
  return [
    { name: "RA", offers: [classOffer({ cost: 1, threshold: 0 })], draws: 0, byPart: true, searchBatch: (_, candidates, count, random) => drawWithoutReplacement(candidates, count, random) },
    mostUseful((p) => entropy(p), { name: "EN", draws: 0 }),
    mostUseful((p) => bald(p).map((information) => sign * information), { name: "BALD", draws }),
  ];
}

/** The given pool without what validation would take, and the given test set: standardised by the pool, some images disturbed. */
function disturbedSplit(data: Dataset, noise: PanteaSetting["noise"], validation: number, random: RandomSource): SplitDataset {
  const { pool, test } = givenSplit(data);
  const kept = permutation(pool.labels.length, random.split("validation")).subarray(Math.min(validation, pool.labels.length >> 2));
  const scale = channelScale(pool.samples);
  const seen = (images: Samples, of: string) => {
    const source = random.split(of);
    if (noise === "salt and pepper") return normalizeImages(saltAndPepperNoise(images, { probability: disturbed, random: source }), scale);
    const standardised = normalizeImages(images, scale);
    return noise === "gaussian" ? gaussianNoise(standardised, { probability: disturbed, random: source }) : standardised;
  };
  const { samples, labels } = part(pool, kept);
  return { pool: { samples: seen(samples, "pool"), labels }, test: { samples: seen(test.samples, "test"), labels: test.labels } };
}
