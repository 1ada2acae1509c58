import type { Samples } from "../dataset/dataset";
import { subset } from "../dataset/subset";
import { drawWithoutReplacement } from "../random/shuffle";
import type { RandomSource } from "../random/randomSource";

/** The samples of a pool that a run measures its model on. */
export interface MeasuredPart {
  readonly samples: Samples;
  readonly labels: Int32Array | undefined;
  /** True where it is not the whole pool. */
  readonly drawn: boolean;
  /** Where in the part those of the pool's samples are that are in it. @param samples ascending */
  placesOf(samples: Int32Array): Int32Array;
}

/** At most `count` samples of a pool, drawn once, all equally likely; the pool itself where it has no more. */
export function measuredPart(pool: Samples, labels: Int32Array | undefined, count = Infinity, random: RandomSource): MeasuredPart {
  if (count >= pool.count) return { samples: pool, labels, drawn: false, placesOf: (samples) => samples };
  const everyone = Int32Array.from({ length: pool.count }, (_, i) => i);
  const chosen = Int32Array.from(drawWithoutReplacement(everyone, count, random)).sort();
  return {
    samples: subset(pool, chosen),
    labels: labels && chosen.map((sample) => labels[sample]!),
    drawn: true,
    placesOf(samples) {
      const places = new Int32Array(count);
      let found = 0;
      for (let place = 0, at = 0; place < count; place++) {
        while (at < samples.length && samples[at]! < chosen[place]!) at++;
        if (samples[at] === chosen[place]) places[found++] = place;
      }
      return places.subarray(0, found);
    },
  };
}
