import type { RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import type { Samples } from "../dataset";
import { noisySamples } from "./noisySamples";

/** Pixels turned fully dark or fully light. */
export interface SaltAndPepperNoise {
  /** Of a sample to be hit, from 0 to 1. */
  readonly probability: number;
  /** Share of the pixels that are changed in a sample that is hit, from 0 to 1. Default 0.1. */
  readonly share?: number;
  /** Value of pepper. Default 0. */
  readonly dark?: number;
  /** Value of salt. Default 1. */
  readonly light?: number;
  readonly random: RandomSource;
}

/**
 * Turns pixels of the samples that are hit dark or light, each with the same probability and all channels together;
 * the same sample always has the same noise.
 *
 * @throws {InputError} when a setting is out of its bounds
 */
export function saltAndPepperNoise(samples: Samples, { probability, share = 0.1, dark = 0, light = 1, random }: SaltAndPepperNoise): Samples {
  if (!(share >= 0 && share <= 1)) refuse("saltAndPepperNoise", "a share from 0 to 1", share);
  if (!(Number.isFinite(dark) && Number.isFinite(light))) refuse("saltAndPepperNoise", "finite values", `${dark} and ${light}`);
  const channels = samples.shape.length === 3 ? samples.shape[2]! : 1;
  const disturb = (values: Float32Array, draws: RandomSource) => {
    for (let at = 0; at < values.length; at += channels) {
      const draw = draws.next();
      if (draw < share) values.fill(draw < share / 2 ? dark : light, at, at + channels);
    }
  };
  return noisySamples(samples, probability, disturb, random, "saltAndPepperNoise");
}
