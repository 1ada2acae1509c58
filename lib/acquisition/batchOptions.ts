import { refuse } from "../runtime/refuse";
import { distinct } from "../runtime/requireIndices";
import { requireOptions } from "../runtime/requireOptions";

/** What every choice of a batch needs to know. */
export interface BatchOptions {
  /** Samples to choose, from 1 to the number of candidates. */
  readonly batchSize: number;
  /** The samples that may be chosen, as indices into the pool, without repetition. Default: every sample. */
  readonly candidates?: ArrayLike<number>;
}

/**
 * The candidates as indices, once batch size and candidates are known to fit the pool.
 *
 * @throws {InputError} in the caller's name
 */
export function batchCandidates(options: BatchOptions, samples: number, caller: string): Int32Array {
  requireOptions(options, caller);
  const { batchSize, candidates } = options;
  const indices = candidates === undefined ? Int32Array.from({ length: samples }, (_, i) => i) : distinct(candidates, samples, caller);
  if (!Number.isInteger(batchSize) || batchSize < 1) refuse(caller, "a batch size of at least 1", batchSize);
  if (batchSize > indices.length) refuse(caller, `a batch size of at most ${indices.length}, the number of candidates`, batchSize);
  return indices;
}

/** The candidates of a choice that knows what is labeled: by default every sample without a label. */
export function unlabeledCandidates(options: BatchOptions, labeled: ArrayLike<number>, samples: number, caller: string): Int32Array {
  const known = new Uint8Array(samples);
  for (let i = 0; i < labeled.length; i++) known[labeled[i]!] = 1;
  const given = options.candidates === undefined ? known.keys() : distinct(options.candidates, samples, caller);
  const candidates = Array.from(given).filter((sample) => known[sample] !== 1);
  return batchCandidates({ batchSize: options.batchSize, candidates }, samples, caller);
}
