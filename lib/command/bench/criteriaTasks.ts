import { openSync, readFileSync, readSync, closeSync } from "node:fs";
import path from "node:path";
import { badge } from "../../acquisition/diversity/badge";
import { bald } from "../../acquisition/draws/bald";
import { batchBald } from "../../acquisition/draws/batchBald";
import { coreSet } from "../../acquisition/diversity/coreSet";
import { entropy } from "../../acquisition/uncertainty/entropy";
import { probabilities, type Probabilities } from "../../probability/probabilities";
import { randomSource } from "../../random/randomSource";
import { streamTopK } from "../../selection/streamTopK";

export const classes = 10;
export const draws = 20;
export const width = 128;
export const picks = 100;

/** What is measured: a name, the inputs it reads, and what it does once they are there. */
export interface Task {
  readonly inputs: readonly ("probabilities" | "draws" | "features")[];
  /** Reads the inputs and returns what is timed. */
  prepare(folder: string, samples: number): () => ArrayLike<number>;
}

/** almq's side of every comparison. Probabilities are checked when they are made, as tensors are made, before the clock starts. */
export const tasks: Record<string, Task> = {
  entropy: {
    inputs: ["probabilities"],
    prepare: (folder, samples) => {
      const p = plain(folder, samples);
      return () => entropy(p);
    },
  },
  bald: {
    inputs: ["draws"],
    prepare: (folder, samples) => {
      const p = drawn(folder, samples);
      return () => bald(p);
    },
  },
  badge: {
    inputs: ["probabilities", "features"],
    prepare: (folder, samples) => {
      const p = plain(folder, samples);
      const embedding = features(folder, samples);
      return () => badge(p, embedding, { batchSize: picks }, randomSource(1));
    },
  },
  coreSet: {
    inputs: ["features"],
    prepare: (folder, samples) => {
      const embedding = features(folder, samples);
      return () => coreSet(embedding, { batchSize: picks, labeled: [0] }, randomSource(1));
    },
  },
  batchBald: {
    inputs: ["draws"],
    prepare: (folder, samples) => {
      const p = drawn(folder, samples);
      return () => batchBald(p, { batchSize: 10 }, randomSource(1));
    },
  },
  "bald, streamed": {
    inputs: ["draws"],
    prepare: (folder, samples) => () =>
      streamTopK(blocksOf(path.join(folder, `draws-${samples}`), samples), (p) => bald(p), { batchSize: picks }, randomSource(1)).queryIndices,
  },
};

/** Draws of a pool that never is in memory as a whole. */
function* blocksOf(file: string, samples: number): Iterable<Probabilities> {
  const block = 5000;
  const open = openSync(file, "r");
  try {
    for (let from = 0; from < samples; from += block) {
      const values = new Float64Array(Math.min(block, samples - from) * classes * draws);
      readSync(open, new Uint8Array(values.buffer), 0, values.byteLength, from * classes * draws * values.BYTES_PER_ELEMENT);
      yield probabilities(values, { samples: values.length / classes / draws, classes, draws });
    }
  } finally {
    closeSync(open);
  }
}

function plain(folder: string, samples: number): Probabilities {
  return probabilities(new Float64Array(wholeFile(path.join(folder, `probabilities-${samples}`))), { samples, classes });
}

function drawn(folder: string, samples: number): Probabilities {
  return probabilities(new Float64Array(wholeFile(path.join(folder, `draws-${samples}`))), { samples, classes, draws });
}

function features(folder: string, samples: number): { values: Float32Array; width: number } {
  return { values: new Float32Array(wholeFile(path.join(folder, `features-${samples}`))), width };
}

function wholeFile(file: string): ArrayBuffer {
  const bytes = readFileSync(file);
  return bytes.byteOffset === 0 && bytes.buffer.byteLength === bytes.byteLength
    ? (bytes.buffer as ArrayBuffer)
    : (bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
}
