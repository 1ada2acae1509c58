import { refuse } from "./refuse";

/**
 * Refuses indices that name none of so many samples.
 *
 * @throws {InputError} in the caller's name
 */
export function requireIndices(given: ArrayLike<number>, samples: number, caller: string): void {
  const integers = given instanceof Int32Array;
  for (let position = 0; position < given.length; position++) {
    const index = given[position]!;
    if (!((integers || Number.isInteger(index)) && index >= 0 && index < samples)) refuse(caller, `indices from 0 to ${samples - 1}`, index, `position ${position}`);
  }
}

/** Refuses them, and an index that comes twice. */
export function requireDistinct(given: ArrayLike<number>, samples: number, caller: string): void {
  requireIndices(given, samples, caller);
  const seen = new Uint8Array(samples);
  for (let position = 0; position < given.length; position++) {
    const index = given[position]!;
    if (seen[index] === 1) refuse(caller, "every index once", index, `position ${position}`);
    seen[index] = 1;
  }
}

/** The indices as an array, once they are known to name samples, none of them twice. */
export function distinct(given: ArrayLike<number>, samples: number, caller: string): Int32Array {
  requireDistinct(given, samples, caller);
  return Int32Array.from(given);
}
