import { existsSync } from "node:fs";
import { join } from "node:path";
import { dataFolders, downloadFolder } from "../dataset/registry/datasetFolder";
import { fetchWeights, publishedWeights } from "../model/fetchWeights";
import type { NamedArrays } from "../model/safetensors";

/** A network whose ImageNet weights are published. */
export type ImageNetModel = keyof typeof publishedWeights;

/**
 * ImageNet's weights of a network: from `pretrained/MODEL.safetensors` in the folder named by ALMQ_DATA or in `datasets`, or else from
 * the published address.
 *
 * @throws {InputError} when they are neither here nor to be had, saying where to put them by hand
 */
export async function imageNetWeights(model: ImageNetModel): Promise<NamedArrays> {
  const file = `${model.toLowerCase()}.safetensors`;
  const path = dataFolders("pretrained").map((folder) => join(folder, file)).find(existsSync) ?? join(downloadFolder("pretrained"), file);
  return fetchWeights({ address: publishedWeights[model], path });
}
