import { refuse } from "../../runtime/refuse";

/**
 * Density weighting: uncertain and typical at once.
 *
 * w[i] = u[i] · d[i]^power
 *
 * @param utilities of any criterion [sample], ≥ 0
 * @param density of the same samples, ≥ 0, e.g. `informationDensity`; of features with negative entries its cosines may be
 * negative, its `"euclidean"` similarities are not
 * @param options.power how much density counts, ≥ 0. Default 1; 0 leaves the utilities as they are
 * @returns utilities [sample], higher = ask first
 * @example
 * densityWeighted([0.5, 0.4], [0.2, 0.9], { power: 2 }) // [0.020000000000000004, 0.32400000000000007]
 * @throws {InputError} when lengths differ, or a number is negative or not finite
 * @see Settles, Craven (2008), An analysis of active learning strategies for sequence labeling tasks, equation 11
 */
export function densityWeighted(utilities: ArrayLike<number>, density: ArrayLike<number>, options: { power?: number } = {}): Float64Array {
  const { power = 1 } = options;
  if (!(power >= 0 && power < Infinity)) refuse("densityWeighted", "a finite power of at least 0", power);
  if (utilities.length === 0) refuse("densityWeighted", "at least one sample", 0);
  if (density.length !== utilities.length) refuse("densityWeighted", `densities of ${utilities.length} samples`, density.length);
  return Float64Array.from(utilities, (utility, sample) => {
    if (!(utility >= 0 && utility < Infinity)) refuse("densityWeighted", "finite utilities of at least 0", utility, `sample ${sample}`);
    if (!(density[sample]! >= 0 && density[sample]! < Infinity))
      refuse("densityWeighted", "finite densities of at least 0", density[sample]!, `sample ${sample}`);
    const weighted = utility * density[sample]! ** power;
    return Number.isFinite(weighted) ? weighted : refuse("densityWeighted", "a density whose power stays finite", density[sample]!, `sample ${sample}`);
  });
}
