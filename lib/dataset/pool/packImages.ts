import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { refuse } from "../../runtime/refuse";
import { isImageName, type ImageSize } from "../reader/decodeImage";
import { eachImage } from "../reader/decodeImages";
import { unlabeled } from "../reader/unlabeled";
import { growingFile } from "../writer/growingFile";
import { growingTexts } from "./growingTexts";
import type { Converted } from "./tableColumns";

/** The PNG and JPEG images of a folder and the folders in it, by their names from there, sorted; others are passed over. */
export function imagesBelow(folder: string): string[] {
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter(isImageName).map((name) => name.split(sep).join("/")).sort();
  return names.length > 0 ? names : refuse("loadPool", "at least one PNG or JPEG image", "none", folder);
}

/**
 * Packs the images of a folder into another one: all pixels in `values.npy`, their names in `ids.txt` with `ids.npy`, and the
 * classes of those that lie in a folder called like one in `labels.npy`. No more than a few images are ever in memory.
 *
 * @throws {InputError} naming the first file that is not an image
 */
export async function packImages(from: string, names: readonly string[], { height, width, channels = 3 }: ImageSize, classes: readonly string[] | undefined, into: string): Promise<Converted> {
  const pixels = growingFile(join(into, "values.npy"), "|u1");
  const ids = growingTexts(into);
  const labels = classes && growingFile(join(into, "labels.npy"), "<i4");
  try {
    await eachImage(names.map((name) => join(from, name)), { height, width, channels }, (image, i) => {
      pixels.append(image);
      ids.append([names[i]!]);
      labels?.append(new Uint8Array(Int32Array.of(classOf(names[i]!, classes!)).buffer));
    });
    pixels.close([names.length, height, width, channels]);
    ids.close();
    labels?.close([names.length]);
  } finally {
    for (const file of [pixels, ids, labels]) file?.abandon();
  }
  return { rows: names.length, features: [] };
}

/** By the folder next to the image. */
function classOf(name: string, classes: readonly string[]): number {
  const place = classes.indexOf(name.split("/").at(-2) ?? "");
  return place < 0 ? unlabeled : place;
}
