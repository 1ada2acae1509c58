import type { Probabilities } from "../../probability/probabilities";

/**
 * The share of the committee's votes that each class gets. A member (draw) votes for its most likely class and splits
 * its vote evenly where several are equally likely, so that no class is favoured by its number.
 *
 * @returns shares [sample, class], summing to 1
 */
export function memberVotes({ values, samples, classes, draws }: Probabilities): Float64Array {
  const shares = new Float64Array(samples * classes);
  for (let sample = 0; sample < samples; sample++) {
    const start = sample * classes * draws;
    for (let draw = 0; draw < draws; draw++) {
      let largest = 0;
      let tied = 0;
      for (let l = 0; l < classes; l++) {
        const p = values[start + l * draws + draw]!;
        if (p > largest) [largest, tied] = [p, 1];
        else if (p === largest) tied++;
      }
      for (let l = 0; l < classes; l++)
        if (values[start + l * draws + draw]! === largest) shares[sample * classes + l]! += 1 / tied;
    }
    for (let at = sample * classes; at < (sample + 1) * classes; at++) shares[at]! /= draws;
  }
  return shares;
}
