import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { refuse } from "../runtime/refuse";
import { systemReason } from "../runtime/systemReason";

/** A file that is read in pieces, on disk or in memory. Its size is known before anything is allocated. */
export interface ByteSource {
  /** Named in errors: the path, where the file is on disk. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Fills `target` with the bytes from `offset` on. */
  read(offset: number, target: Uint8Array): void;
}

/** What a reader accepts: the path of a file, or bytes. */
export type FileInput = string | ByteSource;

/** Bytes that are in memory already. */
export function bytesInMemory(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read(offset, target) {
      within(name, bytes.length, offset, target);
      target.set(bytes.subarray(offset, offset + target.length));
    },
  };
}

const openFiles = new FinalizationRegistry<number>((file) => closeSync(file));

/**
 * A file on disk. It stays open for as long as something reads from it.
 *
 * @throws {InputError} when there is no such file, or it cannot be read
 */
export function bytesOnDisk(path: string): ByteSource {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    refuse("bytesOnDisk", "a file that can be read", systemReason(error), path);
  }
  const status = fstatSync(file);
  if (!status.isFile()) {
    closeSync(file);
    refuse("bytesOnDisk", "a file", "something else", path);
  }
  const source: ByteSource = {
    name: path,
    size: status.size,
    read(offset, target) {
      within(path, status.size, offset, target);
      for (let done = 0; done < target.length; ) {
        const count = readSync(file, target, done, target.length - done, offset + done);
        if (count === 0) refuse("ByteSource.read", `${target.length} bytes`, `${done}: the file became shorter`, `${path} byte ${offset}`);
        done += count;
      }
    },
  };
  openFiles.register(source, file);
  return source;
}

/** The file behind a path, or the bytes as they are. */
export function asByteSource(input: FileInput): ByteSource {
  return typeof input === "string" ? bytesOnDisk(input) : input;
}

/** A whole file in memory, refused before it is read when it is larger than `limit` bytes. */
export function allBytes(source: ByteSource, limit: number, caller: string): Uint8Array {
  if (source.size > limit) refuse(caller, `a file of at most ${limit} bytes`, source.size, source.name);
  const bytes = new Uint8Array(source.size);
  source.read(0, bytes);
  return bytes;
}

function within(name: string, size: number, offset: number, target: Uint8Array): void {
  if (offset < 0 || offset + target.length > size) refuse("ByteSource.read", `bytes 0 to ${size}`, `${offset} to ${offset + target.length}`, name);
}
