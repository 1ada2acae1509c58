import type { RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";

/**
 * Random sampling, the baseline every criterion has to beat: utilities uniform in [0, 1), whatever the model thinks.
 *
 * @param samples how many, ≥ 1
 * @returns utilities [sample]
 * @example
 * randomUtilities(3, randomSource(7)).length // 3
 * @throws {InputError} when there is no sample
 */
export function randomUtilities(samples: number, random: RandomSource): Float64Array {
  if (!Number.isInteger(samples) || samples < 1) refuse("randomUtilities", "at least one sample", samples);
  return Float64Array.from({ length: samples }, () => random.next());
}
