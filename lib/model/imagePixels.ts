import { refuse } from "../runtime/refuse";
import { tf } from "../runtime/tensorflow";

/**
 * Decodes a picture (PNG, JPEG, GIF or BMP) and shrinks it to a square of `side` pixels, red, green and blue from 0 to 1.
 *
 * @returns row-major [side, side, 3]
 * @throws {InputError} when it is not a picture or has more than 50 million pixels
 */
export function imagePixels(bytes: Uint8Array, side: number, where: string): Float32Array {
  requirePicture(bytes, where);
  try {
    return tf.tidy(() => {
      const decoded = tf.node.decodeImage(bytes, 3, "int32", false) as tf.Tensor3D;
      const small = tf.image.resizeBilinear(decoded.toFloat(), [side, side], false, true);
      return small.div<tf.Tensor3D>(255).clipByValue(0, 1).dataSync<"float32">().slice();
    });
  } catch {
    return refuse("imagePixels", "a picture", "bytes that cannot be decoded", where);
  }
}

/** The type of a picture by its first bytes; undefined for anything else. */
export function pictureType(bytes: Uint8Array): "image/png" | "image/jpeg" | "image/gif" | "image/bmp" | undefined {
  const begins = (...start: number[]) => start.every((byte, i) => bytes[i] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47)) return "image/png";
  if (begins(0xff, 0xd8, 0xff)) return "image/jpeg";
  if (begins(0x47, 0x49, 0x46, 0x38)) return "image/gif";
  return begins(0x42, 0x4d) ? "image/bmp" : undefined;
}

/** A small file can claim a huge picture: its size is looked at before memory is taken for it. */
function requirePicture(bytes: Uint8Array, where: string): void {
  const type = pictureType(bytes);
  if (type === undefined || bytes.length < 26) refuse("imagePixels", "a PNG, JPEG, GIF or BMP picture", "something else", where);
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const pixels = type === "image/png" ? view.readUInt32BE(16) * view.readUInt32BE(20) : type === "image/gif" ? view.readUInt16LE(6) * view.readUInt16LE(8) : type === "image/bmp" ? Math.abs(view.readInt32LE(18) * view.readInt32LE(22)) : jpegPixels(view);
  if (!(pixels > 0 && pixels <= 5e7)) refuse("imagePixels", "a picture of 1 to 50 million pixels", pixels, where);
}

function jpegPixels(bytes: Buffer): number {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7);
  }
  return 0;
}
