import { crc32 } from "./crc32";
import { deflateSync } from "node:zlib";
import { refuse } from "../../runtime/refuse";

const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

/**
 * Writes pixels as a PNG file.
 *
 * @param pixels row-major [height, width, channel], 0 to 255
 * @param channels 1 for grey, 3 for red, green, blue
 * @throws {InputError} when the pixels do not fill the image
 * @see W3C, Portable Network Graphics (PNG) Specification
 */
export function pngImage(pixels: Uint8Array, width: number, height: number, channels: 1 | 3): Uint8Array {
  if (pixels.length !== width * height * channels) refuse("pngImage", `${width} × ${height} × ${channels} values`, pixels.length);
  const line = width * channels;
  const filtered = Buffer.alloc(height * (line + 1)); // every line begins with its filter: 0, none
  for (let y = 0; y < height; y++) filtered.set(pixels.subarray(y * line, (y + 1) * line), y * (line + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 1 ? 0 : 2, 0, 0, 0], 8);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(filtered)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
