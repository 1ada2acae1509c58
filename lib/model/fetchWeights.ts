import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { threadId } from "node:worker_threads";
import { InputError, refuse } from "../runtime/refuse";
import { systemReason } from "../runtime/systemReason";
import { makeFolder } from "../runtime/writableFolder";
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
 * It gets its name only when it is whole and makes sense.
 *
 * @throws {InputError} when the address does not answer or breaks off, the file is too long, is not one, or is another
 * @example
 * // not run: it downloads 45 MB
 * const pretrained = await fetchWeights({ address: publishedWeights.resNet18, path: "datasets/pretrained/resnet18.safetensors" });
 * resNet18Transfer({ classes: 4, pretrained, random: randomSource(1) });
 */
export async function fetchWeights({ address, path, sha256, limit = 1024 }: WeightsFile): Promise<NamedArrays> {
  if (existsSync(path)) return readSafetensors(path);
  const part = `${path}.${process.pid}.${threadId}.part`;
  makeFolder(dirname(path), "fetchWeights");
  try {
    const digest = await receive(address, part, limit * 2 ** 20, path);
    if (sha256 !== undefined && digest !== sha256) refuse("fetchWeights", `a file with SHA-256 ${sha256}`, digest, address);
    const arrays = readSafetensors(part);
    renameSync(part, path);
    return arrays;
  } finally {
    rmSync(part, { force: true });
  }
}

/** Downloads to a file and returns its SHA-256. */
async function receive(address: string, path: string, limit: number, byHand: string): Promise<string> {
  const wanted = `an address that answers, or the file put at ${byHand}`;
  const response = await fetch(address).catch((error: Error) => refuse("fetchWeights", wanted, reason(error), address));
  if (!response.ok || response.body === null) refuse("fetchWeights", wanted, `${response.status} ${response.statusText}`, address);
  const hash = createHash("sha256");
  const file = openSync(path, "w");
  let bytes = 0;
  try {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > limit) refuse("fetchWeights", `at most ${limit} bytes`, "more", address);
      for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at); // a disk nearly full takes a part
      hash.update(chunk);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { syscall } = error as NodeJS.ErrnoException;
    refuse("fetchWeights", wanted, syscall === "write" ? systemReason(error) : `${reason(error as Error)} after ${bytes} bytes`, address);
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}

/** What stands behind "fetch failed", where it is known. */
function reason({ message, cause }: Error): string {
  return cause instanceof Error && cause.message !== "" ? `${message} (${cause.message})` : message;
}
