import type { RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import type { Samples } from "../dataset";
import { noisySamples } from "./noisySamples";

/** Noise from a normal distribution. */
export interface GaussianNoise {
  /** Of a sample to be hit, from 0 to 1. */
  readonly probability: number;
  /** Of what is added to every value. Default 0. */
  readonly mean?: number;
  /** Of what is added to every value, ≥ 0, in the unit of the samples as they are given. Default 1. */
  readonly standardDeviation?: number;
  readonly random: RandomSource;
}

/**
 * Adds independent normal noise to every value of the samples that are hit; the same sample always has the same noise.
 *
 * @param samples scaled as the model will see them: nothing is clipped afterwards
 * @throws {InputError} when a setting is out of its bounds
 */
export function gaussianNoise(samples: Samples, { probability, mean = 0, standardDeviation = 1, random }: GaussianNoise): Samples {
  if (!Number.isFinite(mean)) refuse("gaussianNoise", "a finite mean", mean);
  if (!(standardDeviation >= 0 && standardDeviation < Infinity)) refuse("gaussianNoise", "a finite standard deviation of at least 0", standardDeviation);
  const disturb = (values: Float32Array, draws: RandomSource) => {
    for (let at = 0; at < values.length; at++) values[at]! += mean + standardDeviation * draws.normal();
  };
  return noisySamples(samples, probability, disturb, random, "gaussianNoise");
}
