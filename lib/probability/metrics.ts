import { refuse } from "../runtime/refuse";
import { meanOverDraws } from "./meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "./probabilities";

/** How certain a model is on a set of samples: what can be known without labels. See `certainty`. */
export interface Certainty {
  /** Mean of −Σ p·log(p + 1e-5), nats. */
  readonly entropy: number;
  /** Mean of Σ p·(1 − p). */
  readonly variance: number;
  /** Mean of 1 − max p. */
  readonly leastConfidence: number;
}

/** How good and how certain a model is on a set of samples. See `metrics`. */
export interface Metrics extends Certainty {
  /** Share of samples whose most probable class is their label, 0 to 1. */
  readonly accuracy: number;
  /** Mean of −log(p[label] + 1e-5), nats. */
  readonly crossEntropy: number;
}

/** The paper adds this inside logarithms, so that a certain mistake costs 11.5 nats and not infinitely many. */
const inLogarithm = 1e-5;

/**
 * How good and how certain a model is: means over samples of
 *
 * - accuracy: 1 when the most probable class (the first one at a tie) is the label
 * - cross-entropy: −log(p[label] + 1e-5)
 * - entropy: −Σ p·log(p + 1e-5)
 * - variance: Σ p·(1 − p)
 * - least confidence: 1 − max p
 *
 * @param input [sample, class]; draws are averaged first
 * @param labels one class index per sample
 * @throws {InputError} when the numbers of samples differ or a label is no class
 * @example
 * metrics([[0.8, 0.2], [0.6, 0.4]], [0, 1]).accuracy // 0.5
 */
export function metrics(input: ProbabilityInput, labels: ArrayLike<number>): Metrics {
  const { values, samples, classes } = meanOverDraws(asProbabilities(input, "metrics"));
  if (labels.length !== samples) refuse("metrics", `${samples} labels`, labels.length);
  let right = 0;
  let crossEntropy = 0;
  let entropy = 0;
  let variance = 0;
  let leastConfidence = 0;
  for (let sample = 0, at = 0; sample < samples; sample++) {
    const label = labels[sample]!;
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) refuse("metrics", `labels from 0 to ${classes - 1}`, label, `sample ${sample}`);
    let best = 0;
    let largest = -1;
    for (let l = 0; l < classes; l++) {
      const p = values[at++]!;
      if (p > largest) [largest, best] = [p, l];
      const log = Math.log(p + inLogarithm);
      if (l === label) crossEntropy -= log;
      entropy -= p * log;
      variance += p * (1 - p);
    }
    if (best === label) right++;
    leastConfidence += 1 - largest;
  }
  return {
    accuracy: right / samples,
    crossEntropy: crossEntropy / samples,
    entropy: entropy / samples,
    variance: variance / samples,
    leastConfidence: leastConfidence / samples,
  };
}

/**
 * How certain a model is: the metrics that need no labels.
 *
 * @param input [sample, class]; draws are averaged first
 * @example
 * certainty([[0.5, 0.5], [1, 0]]).leastConfidence // 0.25
 */
export function certainty(input: ProbabilityInput): Certainty {
  const p = asProbabilities(input, "certainty");
  const { entropy, variance, leastConfidence } = metrics(p, new Int32Array(p.samples));
  return { entropy, variance, leastConfidence };
}
