import type { RandomSource } from "../random/randomSource";
import { shuffle } from "../random/shuffle";
import { refuse } from "../runtime/refuse";
import type { Dataset } from "./dataset";
import { floatSamples } from "./floatSamples";

/** One class: a cloud around a point. */
export interface GaussianClass {
  readonly name: string;
  /** Samples of it, ≥ 1. */
  readonly count: number;
  /** Where its middle is, one number per feature. */
  readonly mean: readonly number[];
  /** How wide it is, ≥ 0: one number for all features, or one per feature. */
  readonly sd: number | readonly number[];
}

/** What all the classes have in common. */
export interface GaussianClassesOptions {
  /** The data in words, for titles. Default `"points drawn by almq"`. */
  readonly source?: string;
  /** Correlation of any two features within a class, from 0 to 1: large flowers are large in every direction. Default 0. */
  readonly correlation?: number;
}

/**
 * Draws a small world to try things in: every class is a normal cloud, and samples come in random order.
 *
 * x = mean + sd · (√ρ · z₀ + √(1 − ρ) · z), with z₀ one standard normal number per sample, z one per feature, ρ the correlation.
 *
 * @example
 * const near = { name: "near", count: 3, mean: [0, 0], sd: 1 };
 * const far = { name: "far", count: 2, mean: [5, 5], sd: [1, 2] };
 * gaussianClasses([near, far], {}, randomSource(1)).samples.count // 5
 * @throws {InputError} when there is no class, a class has no sample or another number of features, or a number is out of bounds
 */
export function gaussianClasses(classes: readonly GaussianClass[], options: GaussianClassesOptions, random: RandomSource): Dataset {
  const { source = "points drawn by almq", correlation = 0 } = options;
  const width = classes[0]?.mean.length ?? refuse("gaussianClasses", "at least one class", 0);
  if (!(correlation >= 0 && correlation <= 1)) refuse("gaussianClasses", "a correlation from 0 to 1", correlation);
  for (const each of classes) requireClass(each, width);
  const labels = shuffle(Int32Array.from(classes.flatMap(({ count }, label) => Array<number>(count).fill(label))), random);
  const values = new Float32Array(labels.length * width);
  labels.forEach((label, i) => {
    const { mean, sd } = classes[label]!;
    const shared = Math.sqrt(correlation) * random.normal();
    for (let f = 0; f < width; f++) {
      const spread = typeof sd === "number" ? sd : sd[f]!;
      values[i * width + f] = mean[f]! + spread * (shared + Math.sqrt(1 - correlation) * random.normal());
    }
  });
  return { name: "gaussian", source, standIn: true, classes: classes.map(({ name }) => name), samples: floatSamples(values, [width]), labels };
}

function requireClass({ name, count, mean, sd }: GaussianClass, width: number): void {
  if (!Number.isInteger(count) || count < 1) refuse("gaussianClasses", "at least one sample of a class", count, name);
  if (width < 1 || mean.length !== width || !mean.every(Number.isFinite)) refuse("gaussianClasses", `${Math.max(1, width)} finite features`, mean, name);
  const spreads = typeof sd === "number" ? Array<number>(width).fill(sd) : sd;
  if (spreads.length !== width || !spreads.every((spread) => spread >= 0 && Number.isFinite(spread))) refuse("gaussianClasses", `${width} spreads of at least 0`, sd, name);
}
