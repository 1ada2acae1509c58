import { createHash } from "node:crypto";
import type { ByteSource } from "../byteSource";

/** Whether a file has this SHA-256; `false` where none is known. */
export function hasDigest(file: ByteSource, sha256: string | undefined): boolean {
  if (sha256 === undefined) return false;
  const digest = createHash("sha256");
  const piece = new Uint8Array(2 ** 20);
  for (let offset = 0; offset < file.size; offset += piece.length) {
    const part = piece.subarray(0, Math.min(piece.length, file.size - offset));
    file.read(offset, part);
    digest.update(part);
  }
  return digest.digest("hex") === sha256;
}
