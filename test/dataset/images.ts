import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { imageLibrary } from "../../lib/dataset/reader/imageLibrary";

/** Writes an image of one colour; the format follows the file's name. */
export async function writeImage(path: string, { width = 6, height = 4, colour = [200, 100, 50] as readonly number[] } = {}): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const pixels = Buffer.from(Array.from({ length: width * height }, () => colour).flat());
  const open = await imageLibrary();
  const image = open(pixels, { raw: { width, height, channels: colour.length as 1 | 3 | 4 } });
  const grey = colour.length === 1 ? image.toColourspace("b-w") : image;
  writeFileSync(path, await (path.endsWith("png") ? grey.png() : grey.jpeg({ quality: 100, chromaSubsampling: "4:4:4" })).toBuffer());
}
