import { refuse } from "../../runtime/refuse";
import { imageLibrary } from "./imageLibrary";

/** The size every image is brought to. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  /** 3 for colour, 1 for grey. Default 3. */
  readonly channels?: 1 | 3;
}

/** Refuses a size that is none; JavaScript and notebooks do not check it. */
export function requireImageSize({ height, width, channels = 3 }: ImageSize, caller: string, where?: string): void {
  if (![height, width].every((side) => Number.isInteger(side) && side >= 1)) refuse(caller, "a height and a width of at least 1", `${height} × ${width}`, where);
  if (channels !== 1 && channels !== 3) refuse(caller, "1 or 3 channels", channels, where);
}

/** What an image may be, in the words of its file. */
export type ImageFormat = "PNG" | "JPEG" | "GIF";

/** Most pixels of an image before it is resized. */
const pixelLimit = 2 ** 26;

/** Whether a file is called like an image that can be decoded. */
export function isImageName(name: string): boolean {
  return /\.(png|jpe?g)$/i.test(name);
}

/**
 * Decodes an image and stretches it to a size (linear interpolation over the area); transparency is dropped, and what moves stands still.
 *
 * @param formats that are taken
 * @returns the bytes of the image, row-major [height, width, channels], and how many channels it had in its file
 * @throws {InputError} naming the file when it has another format, is cut short, or is larger than 2²⁶ pixels
 */
export async function decodeImage(path: string, { height, width, channels = 3 }: ImageSize, formats: readonly ImageFormat[] = ["PNG", "JPEG"]): Promise<{ bytes: Uint8Array; channelsInFile: number }> {
  const open = await imageLibrary();
  try {
    const image = open(path, { failOn: "error", limitInputPixels: pixelLimit });
    const { format, channels: channelsInFile } = await image.metadata();
    if (!formats.some((name) => name.toLowerCase() === format)) throw new Error(`a file of the format ${format}`);
    const sized = image.removeAlpha().resize(width, height, { fit: "fill", kernel: "linear" });
    const bytes = await sized.toColourspace(channels === 1 ? "b-w" : "srgb").raw({ depth: "uchar" }).toBuffer();
    if (bytes.length !== height * width * channels) throw new Error(`${bytes.length} bytes of pixels`);
    return { bytes, channelsInFile };
  } catch (error) {
    const { message } = error as Error;
    refuse("decodeImage", `a whole ${formats.join(" or ")} image`, /exceeds pixel limit/.test(message) ? `more than ${pixelLimit} pixels` : message, path);
  }
}
