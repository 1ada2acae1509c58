import { refuse } from "../../runtime/refuse";

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
export function batchCandidates({ batchSize, candidates }: BatchOptions, samples: number, caller: string): Int32Array {
  const indices = candidates === undefined ? Int32Array.from({ length: samples }, (_, i) => i) : distinct(candidates, samples, caller);
  if (!Number.isInteger(batchSize) || batchSize < 1) refuse(caller, "a batch size of at least 1", batchSize);
  if (batchSize > indices.length) refuse(caller, `a batch size of at most ${indices.length}, the number of candidates`, batchSize);
  return indices;
}

/** The candidates of a choice that knows what is labeled: by default every sample without a label. */
export function unlabeledCandidates(options: BatchOptions, labeled: ArrayLike<number>, samples: number, caller: string): Int32Array {
  const known = new Uint8Array(samples);
  for (let i = 0; i < labeled.length; i++) known[labeled[i]!] = 1;
  const candidates = Array.from(options.candidates ?? known.keys()).filter((sample) => known[sample] !== 1);
  return batchCandidates({ batchSize: options.batchSize, candidates }, samples, caller);
}

/** Checks that indices name samples of the pool, none of them twice. */
export function distinct(given: ArrayLike<number>, samples: number, caller: string): Int32Array {
  const seen = new Uint8Array(samples);
  return ofThePool(given, samples, caller).map((index, position) => {
    if (seen[index] === 1) refuse(caller, "every index once", index, `position ${position}`);
    seen[index] = 1;
    return index;
  });
}

/** Checks that indices name samples of the pool. */
export function ofThePool(given: ArrayLike<number>, samples: number, caller: string): Int32Array {
  return Int32Array.from(given, (index, position) =>
    Number.isInteger(index) && index >= 0 && index < samples ? index : refuse(caller, `indices from 0 to ${samples - 1}`, index, `position ${position}`),
  );
}
