import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, type ProbabilityInput } from "../../probability/probabilities";
import { requireOneOf } from "../../runtime/requireOneOf";
import { dot } from "../arithmetic/dot";
import { asFeatures, type FeatureInput } from "../diversity/features";

/**
 * Expected gradient length: how strongly the label is expected to pull at the last layer, before it is known.
 *
 * A soft-max layer with input h gets the gradient (p − onehot(y)) ⊗ h from label y, so
 * u[i] = Σ_y p[i,y] · ‖p[i] − onehot(y)‖ · ‖h[i]‖ = ‖h[i]‖ · Σ_y p[i,y] · √((1 − p[i,y])² + Σ_{l≠y} p[i,l]²).
 *
 * @param p probabilities [sample, class]; where there are draws, their mean is used
 * @param embedding inputs h of the last layer [sample, width]
 * @param options.bias count the gradient of the biases too, as if h had one more entry of 1. Default true
 * @returns utilities [sample], higher = ask first
 * @example
 * expectedGradientLength([[0.5, 0.5]], [[3, 4]], { bias: false }) // [3.5355339059327378]
 * @throws {InputError} when shapes do not match or a number is not finite
 * @see Settles, Craven (2008), An analysis of active learning strategies for sequence labeling tasks, section 3.3
 */
export function expectedGradientLength(
  p: ProbabilityInput,
  embedding: FeatureInput,
  options: { bias?: boolean } = {},
): Float64Array {
  const { values, samples, classes } = meanOverDraws(asProbabilities(p, "expectedGradientLength"));
  const features = asFeatures(embedding, "expectedGradientLength", samples);
  const bias = requireOneOf("expectedGradientLength", "bias", options.bias ?? true, [true, false]) ? 1 : 0;
  return Float64Array.from({ length: samples }, (_, i) => {
    const length = Math.sqrt(dot(features.values, i, features.values, i, features.width) + bias);
    const square = dot(values, i, values, i, classes);
    let expected = 0;
    for (let at = i * classes; at < (i + 1) * classes; at++) {
      const others = values[at]! < 0.5 ? square - values[at]! ** 2 : squaresBeside(values, at, i * classes, (i + 1) * classes);
      expected += values[at]! * Math.sqrt((1 - values[at]!) ** 2 + Math.max(0, others));
    }
    return length * expected;
  });
}

/** The squares of all probabilities of a row but one: beside a sure one, the difference of sums would be rounding. */
function squaresBeside(values: Float32Array | Float64Array, left: number, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) if (at !== left) sum += values[at]! ** 2;
  return sum;
}
