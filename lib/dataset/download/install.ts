import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { refuse } from "../../runtime/refuse";
import type { Archive, Download, DownloadProgress } from "./download";
import { checksum, fetchFile } from "./fetchFile";
import { untar } from "./untar";
import { unzip } from "./unzip";

/** Most bytes an archive may unpack to: the largest dataset here has 5 GB. */
const unpackedLimit = 16 * 2 ** 30;
/** How folders begin that an archive is unpacked into; all go when one of them was whole. */
const unpacking = ".unpacking-";

/**
 * Brings the files of a dataset to a folder. Each is written under another name, verified, and then renamed,
 * so a file that is there is whole; what is there already is left alone. Several processes may do so at the same time.
 *
 * @throws {InputError} when a file cannot be had or is not what was published
 */
export async function install(downloads: readonly Download[], folder: string, onProgress: (progress: DownloadProgress) => void = () => {}): Promise<void> {
  for (const wanted of downloads) {
    const results = wanted.archive === undefined ? [wanted.file] : Object.values(wanted.archive.take);
    const isThere = () => results.every((file) => existsSync(join(folder, file)));
    if (isThere()) continue;
    const fresh = !existsSync(folder);
    try {
      await bring(wanted, folder, onProgress);
    } catch (error) {
      if (isThere()) continue; // somebody else was faster, and tidied up
      if (fresh) removeEmpty(folder);
      throw error;
    }
  }
}

/** Removes a folder that nothing was put into. */
function removeEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

async function bring(wanted: Download, folder: string, onProgress: (progress: DownloadProgress) => void): Promise<void> {
  const path = join(folder, wanted.file);
  await fetchFile(wanted, path, onProgress);
  if (wanted.archive === undefined) return;
  onProgress({ file: wanted.file, step: "unpack", done: 0, total: wanted.bytes });
  await unpack(path, wanted.archive, folder);
  onProgress({ file: wanted.file, step: "unpack", done: wanted.bytes, total: wanted.bytes });
  rmSync(path, { force: true });
}

/** Unpacks beside the place where the files will be, then moves those there that are not there yet. */
export async function unpack(archive: string, { kind, take, sha256 = {} }: Archive, folder: string): Promise<void> {
  const aside = join(folder, `${unpacking}${randomUUID().slice(0, 8)}`);
  try {
    mkdirSync(aside, { recursive: true });
    await (kind === "zip" ? unzip : untar)(archive, aside, take, unpackedLimit);
    for (const [file, expected] of Object.entries(sha256)) await requireDigest(join(aside, file), expected, `${file} in ${archive}`);
    for (const file of Object.values(take)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      if (!existsSync(join(folder, file))) renameSync(join(aside, file), join(folder, file));
    }
    for (const name of readdirSync(folder)) if (name.startsWith(unpacking)) rmSync(join(folder, name), { recursive: true, force: true });
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function requireDigest(path: string, sha256: string, where: string): Promise<void> {
  const found = await checksum(path);
  if (found !== sha256) refuse("install", `a file with SHA-256 ${sha256}`, found, where);
}
