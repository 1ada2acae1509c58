import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { refuse } from "../../runtime/refuse";
import type { Archive, Download, DownloadProgress } from "./download";
import { checksum, fetchFile } from "./fetchFile";
import { untar } from "./untar";
import { unzip } from "./unzip";

/** Most bytes an archive may unpack to: the largest dataset here has 5 GB. */
const unpackedLimit = 16 * 2 ** 30;

/**
 * Brings the files of a dataset to a folder. Each is written under another name, verified, and then renamed,
 * so a file that is there is whole; what is there already is left alone.
 *
 * @throws {InputError} when a file cannot be had or is not what was published
 */
export async function install(downloads: readonly Download[], folder: string, onProgress: (progress: DownloadProgress) => void = () => {}): Promise<void> {
  for (const wanted of downloads) {
    const path = join(folder, wanted.file);
    const results = wanted.archive === undefined ? [wanted.file] : Object.values(wanted.archive.take);
    if (results.every((file) => existsSync(join(folder, file)))) continue;
    if (!existsSync(path)) await fetchFile(wanted, path, onProgress);
    if (wanted.archive === undefined) continue;
    onProgress({ file: wanted.file, step: "unpack", done: 0, total: wanted.bytes });
    await unpack(path, wanted.archive, folder);
    onProgress({ file: wanted.file, step: "unpack", done: wanted.bytes, total: wanted.bytes });
    rmSync(path);
  }
}

/** Unpacks beside the place where the files will be, then moves them there. */
export async function unpack(archive: string, { kind, take, sha256 = {} }: Archive, folder: string): Promise<void> {
  const aside = join(folder, ".unpacking");
  rmSync(aside, { recursive: true, force: true });
  try {
    mkdirSync(aside, { recursive: true });
    await (kind === "zip" ? unzip : untar)(archive, aside, take, unpackedLimit);
    for (const [file, expected] of Object.entries(sha256)) {
      const found = await checksum(join(aside, file));
      if (found !== expected) refuse("install", `${file} with SHA-256 ${expected}`, found, archive);
    }
    for (const file of Object.values(take)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      renameSync(join(aside, file), join(folder, file));
    }
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
