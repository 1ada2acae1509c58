import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../../runtime/refuse";
import { makeFolder } from "../../runtime/writableFolder";
import { byteSamples } from "../byteSamples";
import { bytesInMemory, bytesOnDisk } from "../byteSource";
import type { Samples } from "../dataset";
import { growingFile } from "../writer/growingFile";
import { decodeImage, requireImageSize, type ImageFormat, type ImageSize } from "./decodeImage";

/** Decoded images above this many bytes are kept on disk. */
const memoryLimit = 2 ** 30;
/** Images decoded at the same time. */
const atOnce = 8;

/**
 * Decodes images into one block of bytes, in memory or in a cache folder, and reads them from there by batch.
 *
 * @param cache folder that keeps the block; a block of the same files (path, size, time of change) is used again
 * @throws {InputError} naming the first file that is not an image; nothing is kept then
 */
export async function decodeImages(paths: readonly string[], size: Required<ImageSize>, cache?: string): Promise<Samples> {
  const shape = [size.height, size.width, size.channels] as const;
  const bytes = size.height * size.width * size.channels;
  requireImageSize(size, "decodeImages");
  const layout = { offset: 0, count: paths.length, shape };
  if (cache !== undefined) return byteSamples(bytesOnDisk(await cached(paths, size, cache)), layout);
  if (bytes * paths.length > memoryLimit) refuse("decodeImages", `at most ${memoryLimit} bytes of pixels without a cache folder`, bytes * paths.length);
  const block = new Uint8Array(bytes * paths.length);
  await eachImage(paths, size, (image, i) => block.set(image, i * bytes));
  return byteSamples(bytesInMemory("images", block), layout);
}

async function cached(paths: readonly string[], size: Required<ImageSize>, folder: string): Promise<string> {
  const path = join(folder, `${fingerprint(paths, size)}.images`);
  if (existsSync(path)) return path;
  makeFolder(folder, "decodeImages");
  const file = growingFile(path, undefined, "decodeImages");
  try {
    await eachImage(paths, size, file.append);
    file.close();
  } finally {
    file.abandon();
  }
  return path;
}

/** Several images are decoded at a time, but handed over in their order. */
export async function eachImage(paths: readonly string[], size: Required<ImageSize>, use: (image: Uint8Array, i: number) => void, formats?: readonly ImageFormat[]): Promise<void> {
  for (let start = 0; start < paths.length; start += atOnce) {
    const images = await Promise.all(paths.slice(start, start + atOnce).map((path) => decodeImage(path, size, formats)));
    images.forEach(({ bytes }, i) => use(bytes, start + i));
  }
}

/** Says which files these are, as they are now, in one word. */
export function fingerprint(paths: readonly string[], { height, width, channels }: Required<ImageSize>): string {
  const digest = createHash("sha256").update(`${height} ${width} ${channels}\n`);
  for (const path of paths) {
    const { size, mtimeMs } = statSync(path);
    digest.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return digest.digest("hex").slice(0, 16);
}
