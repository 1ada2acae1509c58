import type { RandomSource } from "../random/randomSource";
import { dense } from "./dense";
import { dropout } from "./dropout";
import { network, type Network } from "./network";
import { relu } from "./relu";
import { resNetTrunk, type ResNetTrunk } from "./resNet";
import type { FeatureCacheOptions } from "./featureCache";
import { loadWeights } from "./loadWeights";
import type { NamedArrays } from "./safetensors";

/** A pretrained residual network with a new head to be made. */
export interface TransferOptions {
  /** Weights of the trunk, named and laid out as torchvision does. See `readSafetensors`. Without them the trunk starts at random. */
  readonly pretrained?: NamedArrays;
  /** Height, width and channels. Default 224 × 224 × 3. */
  readonly inputShape?: readonly [number, number, number];
  /** At least 2. */
  readonly classes: number;
  /** Units of the hidden layer of the head. Default 1024. */
  readonly hidden?: number;
  /** Rate of the dropout behind the hidden layer, in [0, 1). Default 0.5. */
  readonly dropout?: number;
  /** Filters of the first stage. Default 64, torchvision's. */
  readonly filters?: number;
  /** Where the output of the frozen stages is kept. */
  readonly cache?: FeatureCacheOptions;
  readonly random: RandomSource;
}

/**
 * ResNet-18, trained in all its stages, with the paper's head for brain tumours: pooling, 1024 ReLU units, dropout 0.5, classes.
 *
 * @see Huang, Yang, Fu (2025), arXiv 2501.00277, section 5
 */
export function resNet18Transfer(options: TransferOptions): Network {
  return transfer({ block: "basic", blocks: [2, 2, 2, 2], stem: "large" }, options);
}

/**
 * ResNet-50 with its first three stages frozen and the paper's head for animals: pooling, 1024 ReLU units, dropout 0.5, classes.
 *
 * What the frozen stages make of an image is computed once and kept.
 */
export function resNet50Transfer(options: TransferOptions): Network {
  return transfer({ block: "bottleneck", blocks: [3, 4, 6, 3], stem: "large", frozenStages: 3 }, options);
}

function transfer(trunk: ResNetTrunk, options: TransferOptions): Network {
  const { inputShape = [224, 224, 3], classes, hidden = 1024, dropout: rate = 0.5, filters = 64, cache, pretrained, random } = options;
  const head = [dense(hidden, "fc1"), relu(), dropout(rate), dense(classes, "fc2")];
  const made = network({ inputShape, layers: [...resNetTrunk({ ...trunk, filters }), ...head], random, ...(cache ? { cache } : {}) });
  if (pretrained) loadWeights(made, pretrained, { except: ["fc1", "fc2"] });
  return made;
}
