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
export function batchCandidates(options: BatchOptions, samples: number, caller: string): Int32Array {
  requireOptions(options, caller);
  const { batchSize, candidates } = options;
  const indices = candidates === undefined ? Int32Array.from({ length: samples }, (_, i) => i) : distinct(candidates, samples, caller);
  if (!Number.isInteger(batchSize) || batchSize < 1) refuse(caller, "a batch size of at least 1", batchSize);
  if (batchSize > indices.length) refuse(caller, `a batch size of at most ${indices.length}, the number of candidates`, batchSize);
  return indices;
}

/** Refuses options that were left out where they must say how many; JavaScript and notebooks do not check it. */
export function requireOptions(options: object, caller: string): void {
  if (typeof options !== "object" || options === null) refuse(caller, "options", options);
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
  requireIndices(given, samples, caller);
  return Int32Array.from(given);
}

/** Refuses indices that name no sample of the pool. */
export function requireIndices(given: ArrayLike<number>, samples: number, caller: string): void {
  for (let position = 0; position < given.length; position++) {
    const index = given[position]!;
    if (!(Number.isInteger(index) && index >= 0 && index < samples)) refuse(caller, `indices from 0 to ${samples - 1}`, index, `position ${position}`);
  }
}
