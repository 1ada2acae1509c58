import { refuse } from "../../runtime/refuse";
import { imageLibrary } from "./imageLibrary";

/** The size every image is brought to. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  /** 3 for colour, 1 for grey. Default 3. */
  readonly channels?: 1 | 3;
}

/** Most pixels of an image before it is resized. */
const pixelLimit = 2 ** 26;

/** Whether a file is called like an image that can be decoded. */
export function isImageName(name: string): boolean {
  return /\.(png|jpe?g)$/i.test(name);
}

/**
 * Decodes a PNG or JPEG and stretches it to a size (linear interpolation over the area); transparency is dropped.
 *
 * @returns the bytes of the image, row-major [height, width, channels], and how many channels it had in its file
 * @throws {InputError} naming the file when it is no PNG or JPEG, is cut short, or is larger than 2²⁶ pixels
 */
export async function decodeImage(path: string, { height, width, channels = 3 }: ImageSize): Promise<{ bytes: Uint8Array; channelsInFile: number }> {
  const open = await imageLibrary();
  try {
    const image = open(path, { failOn: "error", limitInputPixels: pixelLimit });
    const { format, channels: channelsInFile } = await image.metadata();
    if (format !== "png" && format !== "jpeg") throw new Error(`a file of the format ${format}`);
    const sized = image.removeAlpha().resize(width, height, { fit: "fill", kernel: "linear" });
    const bytes = await sized.toColourspace(channels === 1 ? "b-w" : "srgb").raw({ depth: "uchar" }).toBuffer();
    if (bytes.length !== height * width * channels) throw new Error(`${bytes.length} bytes of pixels`);
    return { bytes, channelsInFile };
  } catch (error) {
    refuse("decodeImage", "a whole PNG or JPEG image", (error as Error).message, path);
  }
}
