import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Download, DownloadProgress } from "./download";
import { fetchFile } from "./fetchFile";

/**
 * Brings the files of a dataset to a folder. Each is written under another name, verified, and then renamed,
 * so a file that is there is whole; what is there already is left alone.
 *
 * @throws {InputError} when a file cannot be had or is not what was published
 */
export async function install(downloads: readonly Download[], folder: string, onProgress: (progress: DownloadProgress) => void = () => {}): Promise<void> {
  for (const wanted of downloads) {
    const path = join(folder, wanted.file);
    if (!existsSync(path)) await fetchFile(wanted, path, onProgress);
  }
}
