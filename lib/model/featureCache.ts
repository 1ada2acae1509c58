import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the output of frozen layers is kept. */
export interface FeatureCacheOptions {
  /** At most so many megabytes (2²⁰ bytes) in memory, ≥ 0. Default 512. */
  readonly memory?: number;
  /** At most so many megabytes in a temporary file, ≥ 0; what fits neither is computed anew. Default 0. */
  readonly disk?: number;
  /** Folder of that file. Default the system's for temporary files. */
  readonly folder?: string;
}

/**
 * What frozen layers made of a sample, found again by the sample's own numbers, so that pools, test sets
 * and replicates that share an image share the work.
 */
export class FeatureCache {
  private readonly inMemory = new Map<string, Float32Array>();
  private readonly onDisk = new Map<string, number>();
  private readonly places: { readonly memory: number; readonly disk: number };
  private file: number | undefined;
  private diskFull = false;

  /** @param width numbers per sample */
  constructor(
    private readonly width: number,
    private readonly options: FeatureCacheOptions,
  ) {
    const { memory = 512, disk = 0 } = options;
    this.places = { memory: Math.floor((memory * 2 ** 20) / (4 * width)), disk: Math.floor((disk * 2 ** 20) / (4 * width)) };
  }

  /** The key of a sample. */
  key(values: Float32Array): string {
    return createHash("sha256").update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)).digest("base64");
  }

  has(key: string): boolean {
    return this.inMemory.has(key) || this.onDisk.has(key);
  }

  /** Copies a sample's features to the front of `out`. */
  read(key: string, out: Float32Array): void {
    const kept = this.inMemory.get(key);
    if (kept) out.set(kept);
    else if (readSync(this.file!, bytesOf(out, this.width), 0, 4 * this.width, this.onDisk.get(key)! * 4 * this.width) < 4 * this.width)
      throw new Error("the temporary file of features ends before it should");
  }

  /** Keeps a copy of a sample's features where there is room. */
  keep(key: string, features: Float32Array): void {
    if (this.has(key)) return; // the same image, twice in one batch
    if (this.inMemory.size < this.places.memory) this.inMemory.set(key, features.slice());
    else if (this.onDisk.size < this.places.disk && !this.diskFull) this.keepOnDisk(key, features);
  }

  /** Forgets everything. */
  clear(): void {
    this.inMemory.clear();
    this.onDisk.clear();
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    this.diskFull = false;
  }

  private keepOnDisk(key: string, features: Float32Array): void {
    const place = this.onDisk.size;
    try {
      const file = (this.file ??= namelessFile(this.options.folder ?? tmpdir()));
      const written = writeSync(file, bytesOf(features, this.width), 0, 4 * this.width, place * 4 * this.width);
      this.diskFull = written < 4 * this.width; // what is not kept is computed anew
      if (!this.diskFull) this.onDisk.set(key, place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      this.diskFull = true;
    }
  }
}

/** The bytes of a sample's features. */
function bytesOf(features: Float32Array, width: number): Uint8Array {
  return new Uint8Array(features.buffer, features.byteOffset, 4 * width);
}

/** A file whose name is taken away as soon as it is open: however the process ends, nothing stays behind. */
function namelessFile(parent: string): number {
  const folder = mkdtempSync(join(parent, "almq-features-"));
  try {
    return openSync(join(folder, "features"), "w+");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
