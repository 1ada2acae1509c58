import { tieBreaker } from "../acquisition/arithmetic/tieBreaker";
import type { RandomSource } from "../random/randomSource";

/** Keeps the best of samples that come by one at a time. */
export interface BestSoFar {
  offer(sample: number, utility: number): void;
  /** What was kept, best first. */
  inOrder(): { samples: Int32Array; utilities: Float64Array };
}

/** Room for the `count` best; a heap with the worst of them on top. Among equals the seed decides, not the order of coming. */
export function bestSoFar(count: number, random: RandomSource): BestSoFar {
  const rank = tieBreaker(random);
  let samples = new Int32Array(Math.min(count, 1024)); // grows as samples come: the count may be far more than they are
  let utilities = new Float64Array(samples.length);
  let size = 0;
  const better = (sampleA: number, utilityA: number, sampleB: number, utilityB: number) =>
    utilityA > utilityB || (utilityA === utilityB && rank(sampleA) < rank(sampleB));
  const place = (at: number, sample: number, utility: number) => {
    samples[at] = sample;
    utilities[at] = utility;
  };
  const rise = (at: number, sample: number, utility: number) => {
    for (let up = (at - 1) >> 1; at > 0 && better(samples[up]!, utilities[up]!, sample, utility); up = (at - 1) >> 1) {
      place(at, samples[up]!, utilities[up]!);
      at = up;
    }
    place(at, sample, utility);
  };
  const sink = (sample: number, utility: number) => {
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && better(samples[child]!, utilities[child]!, samples[child + 1]!, utilities[child + 1]!)) child++;
      if (!better(sample, utility, samples[child]!, utilities[child]!)) break;
      place(at, samples[child]!, utilities[child]!);
      at = child;
    }
    place(at, sample, utility);
  };
  return {
    offer: (sample, utility) => {
      if (size === samples.length && size < count) [samples, utilities] = [longer(samples, count), longer(utilities, count)];
      if (size < count) rise(size++, sample, utility);
      else if (better(sample, utility, samples[0]!, utilities[0]!)) sink(sample, utility);
    },
    inOrder: () => {
      const order = Array.from({ length: size }, (_, at) => at).sort((a, b) => (better(samples[a]!, utilities[a]!, samples[b]!, utilities[b]!) ? -1 : 1));
      return { samples: Int32Array.from(order, (at) => samples[at]!), utilities: Float64Array.from(order, (at) => utilities[at]!) };
    },
  };
}

function longer<T extends Int32Array | Float64Array>(array: T, most: number): T {
  const twice = new (array.constructor as new (length: number) => T)(Math.min(most, 2 * array.length));
  twice.set(array);
  return twice;
}
