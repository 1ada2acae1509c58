import type { RandomSource } from "../../random/randomSource";
import type { ReplicateCurves } from "../curves";
import { runName } from "../record";
import { bootstrapBand, type Band, type BandOptions } from "./bootstrapBand";

/** Where the mean curve of a run may lie. */
export interface RunBand extends Band {
  readonly run: string;
  readonly replicates: number;
}

/**
 * A bootstrap band for every run with at least two replicates. Each run draws from a source of its own, named after it, so
 * that its band is the same whichever runs stand beside it.
 *
 * @throws {InputError} as `bootstrapBand` does
 */
export function runBands(curves: readonly ReplicateCurves[], options: BandOptions, random: RandomSource): RunBand[] {
  return curves.flatMap((run) => {
    const name = runName(run);
    return run.values.length < 2 ? [] : [{ run: name, replicates: run.values.length, ...bootstrapBand(run.values, options, random.split(name)) }];
  });
}
