import { Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { InputError, refuse } from "../../runtime/refuse";

/** Largest archive inside an archive that is opened, in bytes. */
const nestedLimit = 512 * 2 ** 20;

/** A file in a zip. */
export interface ZipEntry {
  /** Never absolute, never climbing out of its folder: such zips are refused. */
  readonly name: string;
  /** Unpacked, in bytes; a file that turns out to be another size is refused while it is read. */
  readonly size: number;
  /** Sends the file, CRC-32 checked, to a stream or a function. */
  sendTo<T>(target: NodeJS.WritableStream | ((content: AsyncIterable<Buffer>) => Promise<T>)): Promise<T | void>;
}

/**
 * Calls `visit` for every file of a zip, one after the other, those of zips inside it included.
 *
 * @throws {InputError} when the archive is broken or climbs out of its folder
 */
export async function eachZipEntry(archive: string | Buffer, visit: (entry: ZipEntry) => Promise<void>): Promise<void> {
  try {
    await walk(archive, visit);
  } catch (error) {
    if (error instanceof InputError) throw error;
    refuse("unzip", "a whole zip file", (error as Error).message, typeof archive === "string" ? archive : undefined);
  }
}

async function walk(archive: string | Buffer, visit: (entry: ZipEntry) => Promise<void>): Promise<void> {
  const { fromBufferPromise, openPromise } = await import("yauzl");
  const zip = typeof archive === "string" ? await openPromise(archive) : await fromBufferPromise(archive);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith("/")) continue;
    const file = zipEntry(zip, entry);
    await visit(file);
    if (!file.name.toLowerCase().endsWith(".zip")) continue;
    if (file.size > nestedLimit) refuse("unzip", `an inner archive of at most ${nestedLimit} bytes`, file.size, file.name);
    await walk((await file.sendTo((content) => buffer(content))) as Buffer, visit);
  }
}

function zipEntry(zip: ZipFile, entry: Entry): ZipEntry {
  return {
    name: entry.fileName,
    size: entry.uncompressedSize,
    sendTo: async (target) => pipeline(await zip.openReadStreamPromise(entry), checked(entry), target as never),
  };
}

function checked(entry: Entry): Transform {
  let sum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush(done) {
      done(sum === entry.crc32 ? null : new Error(`${entry.fileName} has CRC-32 ${sum.toString(16)} where ${entry.crc32.toString(16)} was written`));
    },
  });
}
