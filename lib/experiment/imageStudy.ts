import { normalizeImages, type ChannelScale } from "../dataset/normalizeImages";
import { shrinkImages } from "../dataset/shrinkImages";
import { split } from "../dataset/split";
import { freshHead } from "../model/freshHead";
import type { Network } from "../model/network";
import type { TransferOptions } from "../model/transfer";
import { randomSource } from "../random/randomSource";
import { imageNetWeights, type ImageNetModel } from "./imageNetWeights";
import type { QuestionCosts } from "../question/paperOffers";
import { paperStrategies } from "./paperStrategies";
import type { Study } from "./study";

/** What sets one of the paper's two studies of large images apart from the other. */
export interface ImageStudy extends Pick<Study, "initial" | "budget" | "batchBudget"> {
  readonly name: "animal" | "tumor";
  readonly scale: ChannelScale;
  readonly costs: QuestionCosts;
  readonly model: ImageNetModel;
  readonly transfer: (options: TransferOptions) => Network;
}

/** A stand-in's network: a quarter of the filters, for images of a quarter of the height and width, so that two processor cores can train it. */
const narrow = { filters: 16, shrink: 4, inputShape: [56, 56, 3] } as const;

/** What frozen stages make of 28,000 images has 22 GB: half a gigabyte is kept in memory, the rest in a temporary file. */
const cache = { memory: 512, disk: 24 * 1024 };

/**
 * One of the paper's studies of images of 224 × 224: ResNet with ImageNet's weights and a new head, a fifth of the images set apart at
 * random as test set. Images stay bytes and are normalised by batch; the one trunk serves all replicates of a process.
 *
 * A stand-in of the data gets a stand-in of the model, a narrow one for small images with weights drawn at random, once for all
 * replicates: nothing is downloaded, and the outcome says so.
 */
export function imageStudy({ name, scale, costs, model, transfer, ...sizes }: ImageStudy): Study {
  const firsts = new Map<boolean, Promise<Network>>();
  const first = (data: Parameters<Study["classifier"]>[0]) => {
    const known = firsts.get(data.standIn);
    if (known !== undefined) return known;
    const begun = firstNetwork(transfer, model, data.standIn, data.classes.length);
    firsts.set(data.standIn, begun);
    begun.catch(() => firsts.delete(data.standIn)); // the weights may be there the next time
    return begun;
  };
  return {
    name,
    dataset: name,
    ...sizes,
    fit: { epochs: 25, batchSize: 128, learningRate: 1e-4 },
    exploration: { rate: 0.25, initialQuantile: 0.05 },
    full: "first replicate",
    split(data, _, random) {
      const { pool, test } = split(data, { testShare: 0.2, random });
      const scaled = (part: typeof pool) => ({ ...part, samples: normalizeImages(data.standIn ? shrinkImages(part.samples, narrow.shrink) : part.samples, scale) });
      return { pool: scaled(pool), test: scaled(test) };
    },
    prepare: first,
    classifier: async (data, random) => freshHead(await first(data), random),
    weights: ({ standIn }) => (standIn ? `drawn at random; ${narrow.filters} filters in the first stage, images of ${narrow.inputShape.join(" × ")} (a stand-in for ${model} trained on ImageNet)` : `${model} trained on ImageNet (torchvision, IMAGENET1K_V1)`),
    strategies: (fidelity) => paperStrategies(costs, fidelity),
  };
}

/** The network whose trunk every model starts from. */
async function firstNetwork(transfer: ImageStudy["transfer"], model: ImageNetModel, standIn: boolean, classes: number): Promise<Network> {
  const random = randomSource(`${model} of almq`);
  if (standIn) return transfer({ classes, inputShape: narrow.inputShape, filters: narrow.filters, cache, random });
  return transfer({ classes, pretrained: await imageNetWeights(model), cache, random });
}
