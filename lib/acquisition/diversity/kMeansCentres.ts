import type { RandomSource } from "../../random/randomSource";
import { weightedChoice } from "../../random/weightedChoice";
import { refuse } from "../../runtime/refuse";
import { squaredDistance } from "./distance";
import { distanceSampling } from "./distanceSampling";
import { asFeatures, type Features } from "./features";

/** First centres by k-means++: samples far from each other; none of weight 0 as long as there are others. */
export function seededCentres({ values, width, samples }: Features, count: number, weights: Float64Array | undefined, random: RandomSource): Float64Array {
  const chosen = distanceSampling(
    {
      items: samples,
      first: weights === undefined ? random.integer(samples) : weightedChoice(weights, random),
      count,
      squaredDistance: (item, seed) => squaredDistance(values, item, values, seed, width),
      ...(weights && { weights }),
    },
    random,
  );
  const centres = new Float64Array(count * width);
  chosen.forEach((sample, cluster) => centres.set(values.subarray(sample * width, (sample + 1) * width), cluster * width));
  return centres;
}

/** First centres that somebody else chose. */
export function givenCentres(initial: readonly (readonly number[])[], clusters: number, width: number): Float64Array {
  const { values, width: got, samples } = asFeatures(initial, "kMeans");
  if (samples !== clusters || got !== width) refuse("kMeans", `initial centres of ${clusters} × ${width}`, `${samples} × ${got}`);
  return Float64Array.from(values);
}
