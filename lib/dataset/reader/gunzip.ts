import { constants, gunzipSync } from "node:zlib";
import { refuse } from "../../runtime/refuse";
import { allBytes, bytesInMemory, type ByteSource } from "../byteSource";

/** Deflate never packs better than this. */
const bestRatio = 1032;

/**
 * The unpacked file where a file is gzipped, the file itself where it is not.
 * The size is taken from the end of the gzip and checked before anything is allocated.
 *
 * @param limit most bytes of the unpacked file. Default 1 GiB
 * @throws {InputError} naming the file when the gzip is cut short, damaged, or lies about its size
 */
export function gunzipped(file: ByteSource, caller: string, limit = 2 ** 30): ByteSource {
  const magic = new Uint8Array(2);
  if (file.size >= 2) file.read(0, magic);
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) return file;
  if (file.size < 18) refuse(caller, "a whole gzip file", `${file.size} bytes`, file.name);
  const tail = new Uint8Array(4);
  file.read(file.size - 4, tail);
  const size = new DataView(tail.buffer).getUint32(0, true);
  if (size > limit || size > bestRatio * file.size)
    refuse(caller, `a whole gzip file of at most ${Math.min(limit, bestRatio * file.size)} unpacked bytes`, size, `${file.name} byte ${file.size - 4}`);
  try {
    const bytes = gunzipSync(allBytes(file, limit, caller), { maxOutputLength: Math.max(size, 1), finishFlush: constants.Z_FINISH });
    return bytesInMemory(file.name.replace(/\.gz$/, ""), bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const more = `more than the ${size} unpacked bytes its end names (several gzips in one file?)`;
    refuse(caller, "a whole gzip file", code === "ERR_BUFFER_TOO_LARGE" ? more : message, file.name);
  }
}
