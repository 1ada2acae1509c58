import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { refuse } from "../../runtime/refuse";
import { makeFolder } from "../../runtime/writableFolder";
import { decodeImage, isImageName } from "../reader/decodeImage";
import { growingFile } from "../writer/growingFile";
import { planar } from "../writer/planar";
import type { Preparation } from "./datasetEntry";

const side = 224;

/** What was done with the images of a class. */
export interface PreparedClass {
  readonly file: string;
  readonly images: number;
  /** Images left out because they have a single channel. */
  readonly dropped: number;
}

/**
 * Turns a folder of original images into the paper's NumPy files, one per class: each image stretched to 224 × 224,
 * unsigned bytes, [image, channel, height, width]. A class's images are those in folders of its name, wherever they lie.
 *
 * @param target the folder the files appear in, each when it is whole; files that are there are left alone
 * @throws {InputError} when a class has no images, or a file is not an image
 */
export async function prepareImages(from: string, { folders, dropSingleChannel }: Preparation, target: string, onProgress: (done: number, total: number) => void = () => {}): Promise<PreparedClass[]> {
  if (!existsSync(from)) refuse("prepareImages", "a folder", "none", from);
  if (!statSync(from).isDirectory()) refuse("prepareImages", "a folder", "a file", from);
  const all = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && isImageName(entry.name));
  const paths = all.map((entry) => join(entry.parentPath, entry.name)).sort();
  const lists = Object.entries(folders).map(([file, folder]) => ({ file, folder, paths: paths.filter((path) => basename(dirname(path)).toLowerCase() === folder) }));
  const none = lists.find((list) => list.paths.length === 0);
  if (none !== undefined) refuse("prepareImages", `images in a folder called ${none.folder}`, "none", from);
  const total = lists.reduce((sum, list) => sum + list.paths.length, 0);
  const made = makeFolder(target, "prepareImages");
  const results: PreparedClass[] = [];
  let done = 0;
  try {
    await writeMissing();
  } catch (error) {
    if (made !== undefined && readdirSync(target).length === 0) rmSync(made, { recursive: true });
    throw error;
  }
  return results;

  async function writeMissing(): Promise<void> {
    for (const list of lists) {
      const path = join(target, list.file);
      if (!existsSync(path)) results.push({ file: list.file, ...(await writeClass(path, list.paths, dropSingleChannel, () => onProgress(++done, total))) });
      else done += list.paths.length;
    }
  }
}

async function writeClass(path: string, images: readonly string[], dropSingleChannel: boolean, onImage: () => void): Promise<Omit<PreparedClass, "file">> {
  const file = growingFile(path, "|u1", "prepareImages");
  let kept = 0;
  try {
    for (const image of images) {
      const { bytes, channelsInFile } = await decodeImage(image, { height: side, width: side });
      onImage();
      if (dropSingleChannel && channelsInFile === 1) continue;
      file.append(planar(bytes, 3));
      kept++;
    }
    if (kept === 0) refuse("prepareImages", "at least one colour image", "none", dirname(images[0]!));
    file.close([kept, 3, side, side]);
  } finally {
    file.abandon();
  }
  return { images: kept, dropped: images.length - kept };
}
