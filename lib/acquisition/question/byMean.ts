import { meanOverDraws } from "../../probability/meanOverDraws";
import type { Probabilities } from "../../probability/probabilities";

/** How finely samples are sorted: 8 bits of their mean probability. */
export const buckets = 256;

/** Samples sorted, coarsely, by their mean probability of a class. */
export interface ByMean {
  readonly samples: Int32Array;
  /** Bucket b, of means from b/256 on and below (b + 1)/256, holds the samples at `starts[b]` … `starts[b + 1]` − 1. */
  readonly starts: Int32Array;
}

const known = new WeakMap<Probabilities, (ByMean | undefined)[]>();

/** Sorts the samples of p by p̄[sample, y] into buckets, once for each set of probabilities and class. */
export function byMean(p: Probabilities, y: number): ByMean {
  const made = known.get(p) ?? [];
  known.set(p, made);
  return (made[y] ??= sorted(meanOverDraws(p), y));
}

function sorted({ values, samples, classes }: Probabilities, y: number): ByMean {
  const bucketOf = (sample: number) => Math.min(buckets - 1, Math.floor(values[sample * classes + y]! * buckets));
  const starts = new Int32Array(buckets + 1);
  for (let sample = 0; sample < samples; sample++) starts[bucketOf(sample) + 1]!++;
  for (let b = 0; b < buckets; b++) starts[b + 1]! += starts[b]!;
  const next = starts.slice();
  const order = new Int32Array(samples);
  for (let sample = 0; sample < samples; sample++) order[next[bucketOf(sample)]!++] = sample;
  return { samples: order, starts };
}
