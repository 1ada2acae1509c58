import type { Probabilities } from "../../probability/probabilities";

/** The two largest probabilities of every sample: those of its best and its second guess. */
export function topTwo({ values, samples, classes }: Probabilities): { first: Float64Array; second: Float64Array } {
  const first = new Float64Array(samples);
  const second = new Float64Array(samples);
  for (let sample = 0, at = 0; sample < samples; sample++) {
    let best = -1;
    let next = -1;
    for (const end = at + classes; at < end; at++) {
      const p = values[at]!;
      if (p > best) {
        next = best;
        best = p;
      } else if (p > next) next = p;
    }
    first[sample] = best;
    second[sample] = next;
  }
  return { first, second };
}
