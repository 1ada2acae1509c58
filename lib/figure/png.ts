import { deflateSync } from "node:zlib";

/**
 * A picture as PNG.
 *
 * @param pixels row-major [row, column, channel]; 3 channels (red, green, blue) or 4 (and opacity)
 * @see W3C, Portable Network Graphics specification
 */
export function png(pixels: Uint8Array | Uint8ClampedArray, width: number, height: number, channels: 3 | 4): Buffer {
  const stride = width * channels;
  const rows = Buffer.alloc((stride + 1) * height); // every row begins with its filter: 0, none
  for (let row = 0; row < height; row++) rows.set(pixels.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits per channel
  header[9] = channels === 3 ? 2 : 6;
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(checksum(named), named.length + 4);
  return framed;
}

const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32; zlib has one only from Node 20.15 on. */
function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = checksums[(value ^ byte) & 255]! ^ (value >>> 8);
  return ~value >>> 0;
}
