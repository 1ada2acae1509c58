import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { refuse } from "../../runtime/refuse";
import type { Dataset } from "../dataset";
import { isImageName, type ImageSize } from "./decodeImage";
import { decodeImages } from "./decodeImages";
import { unlabeled } from "./unlabeled";

/** How a folder of images is read. */
export interface ImageFolderOptions extends ImageSize {
  /** Class names in the order of their indices. Default: the names of the class folders, sorted. Needed where there are none. */
  readonly classes?: readonly string[];
  /** In words, for titles. Default: the name of the folder. */
  readonly source?: string;
  /** A folder that keeps decoded images between runs; what is larger than 1 GiB in all needs one and is then read from it by batch. */
  readonly cache?: string;
}

const caller = "readImageFolder";

/** Images with their labels, before they are decoded. */
interface Listing {
  readonly paths: readonly string[];
  readonly labels: readonly number[];
}

/**
 * Reads PNG and JPEG images from a folder with one folder per class (as PyTorch's ImageFolder does; folders within them belong to the class), with `train/` and
 * `test/` or, where there is no such folder, `val/` above the classes or without, or from a folder of images without classes: an unlabeled pool.
 *
 * @returns samples of shape [height, width, channels], values 0 to 1; label −1 where there is no class folder
 * @throws {InputError} naming the folder that is empty or the file that is not an image
 */
export async function readImageFolder(folder: string, options: ImageFolderOptions): Promise<Dataset> {
  const size: Required<ImageSize> = { height: options.height, width: options.width, channels: options.channels ?? 3 };
  const poolFolder = hasParts(folder) ? join(folder, "train") : folder;
  const testFolder = poolFolder === folder ? undefined : ["test", "val"].map((name) => join(folder, name)).find(existsSync);
  const classes = options.classes ?? namesIn(poolFolder, "folders");
  if (classes.length < 2) refuse(caller, "at least two classes: as folders, or as an option", classes.length, poolFolder);
  const part = async (from: string) => {
    const { paths, labels } = listing(from, classes);
    return { samples: await decodeImages(paths, size, options.cache), labels: Int32Array.from(labels) };
  };
  const about = { name: basename(folder), source: options.source ?? basename(folder), standIn: false, classes };
  const pool = await part(poolFolder);
  return testFolder === undefined ? { ...about, ...pool } : { ...about, ...pool, test: await part(testFolder) };
}

/** Whether `train/` is a part of the set; among folders of images it is the class of trains. */
function hasParts(folder: string): boolean {
  const found = namesIn(folder, "folders");
  const others = found.filter((name) => !["train", "test", "val"].includes(name));
  return found.includes("train") && (others.length === 0 || namesIn(join(folder, "train"), "folders").length > 0);
}

function listing(folder: string, classes: readonly string[]): Listing {
  const found = namesIn(folder, "folders");
  if (found.length === 0) {
    const paths = imagesIn(folder);
    return { paths, labels: paths.map(() => unlabeled) };
  }
  const unknown = found.find((name) => !classes.includes(name));
  if (unknown !== undefined) refuse(caller, `class folders ${classes.join(", ")}`, unknown, folder);
  const lists = found.map((name) => ({ label: classes.indexOf(name), paths: imagesIn(join(folder, name)) })).sort((a, b) => a.label - b.label);
  return { paths: lists.flatMap(({ paths }) => paths), labels: lists.flatMap(({ label, paths }) => paths.map(() => label)) };
}

function imagesIn(folder: string): string[] {
  const paths = imagesBelow(folder, []);
  return paths.length > 0 ? paths : refuse(caller, "at least one image", "an empty folder", folder);
}

/** The images of a folder, then those of the folders in it, where other files are passed over. @param around where it lies: a link that leads back would never end */
function imagesBelow(folder: string, around: readonly string[]): string[] {
  const place = realpathSync(folder);
  if (around.includes(place)) refuse(caller, "folders within folders", "a link back to one around it", folder);
  const names = namesIn(folder, "files");
  const other = names.find((name) => !isImageName(name));
  if (other !== undefined && around.length === 0) refuse(caller, "PNG and JPEG images", other, folder);
  const deeper = namesIn(folder, "folders").flatMap((name) => imagesBelow(join(folder, name), [...around, place]));
  return [...names.filter(isImageName).map((name) => join(folder, name)), ...deeper];
}

/** Sorted; what begins with a dot and Windows' own files are passed over. */
function namesIn(folder: string, kind: "files" | "folders"): string[] {
  if (!existsSync(folder)) refuse(caller, "a folder", "none", folder);
  if (!statSync(folder).isDirectory()) refuse(caller, "a folder", "a file", folder);
  const names = readdirSync(folder).filter((name) => !name.startsWith(".") && !/^(thumbs\.db|desktop\.ini)$/i.test(name));
  return names.filter((name) => isOfKind(join(folder, name), kind)).sort();
}

/** Links count as what they lead to. */
function isOfKind(path: string, kind: "files" | "folders"): boolean {
  const found = statSync(path, { throwIfNoEntry: false }) ?? refuse(caller, "a link that leads somewhere", "one that does not", path);
  return kind === "folders" ? found.isDirectory() : found.isFile();
}
