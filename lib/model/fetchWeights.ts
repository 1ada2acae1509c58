import { basename } from "node:path";
import { fetchFile } from "../dataset/download/fetchFile";
import { readSafetensors, type NamedArrays } from "./safetensors";

/** Where torchvision's ImageNet weights (the first ones, IMAGENET1K_V1) are published as safetensors. */
export const publishedWeights = {
  resNet18: "https://huggingface.co/timm/resnet18.tv_in1k/resolve/main/model.safetensors",
  resNet50: "https://huggingface.co/timm/resnet50.tv_in1k/resolve/main/model.safetensors",
} as const;

/** Weights to be fetched. */
export interface WeightsFile {
  /** Where they are published; see `publishedWeights`. */
  readonly address: string;
  /** Where the file is, or is to be kept. */
  readonly path: string;
  /** SHA-256 in hexadecimal. Default: not compared. */
  readonly sha256?: string;
  /** Nothing longer is accepted, in megabytes (2²⁰ bytes). Default 1024. */
  readonly limit?: number;
}

/**
 * Reads weights from a safetensors file, which is downloaded first if it is not there yet.
 * It gets its name only when it is whole and makes sense. Where `sha256` is given, a download that broke off is gone on with next time.
 *
 * @throws {InputError} when the address does not answer or breaks off, or the file is too long, is not one, or has another SHA-256, be it new or there before
 * @example
 * // not run: it downloads 45 MB
 * const pretrained = await fetchWeights({ address: publishedWeights.resNet18, path: "datasets/pretrained/resnet18.safetensors" });
 * resNet18Transfer({ classes: 4, pretrained, random: randomSource(1) });
 */
export async function fetchWeights({ address, path, sha256, limit = 1024 }: WeightsFile): Promise<NamedArrays> {
  let weights: NamedArrays | undefined;
  const check = (part: string) => void (weights = readSafetensors(part));
  const wanted = { file: basename(path), addresses: [address], bytes: limit * 2 ** 20, upTo: true, check };
  await fetchFile({ ...wanted, ...(sha256 !== undefined && { sha256 }) }, path);
  return weights ?? readSafetensors(path);
}
