import { meanOverDraws } from "../../probability/meanOverDraws";
import { asProbabilities, trusted, type Probabilities, type ProbabilityInput } from "../../probability/probabilities";
import { refuse } from "../../runtime/refuse";
import { withSeveralDraws } from "../draws/withSeveralDraws";
import { distinct } from "../../runtime/requireIndices";
import { decrease } from "../arithmetic/decrease";
import { entropy } from "../uncertainty/entropy";
import { leastConfidence } from "../uncertainty/leastConfidence";
import { requireOneOf } from "../../runtime/requireOneOf";

/** What the model would predict for the evaluated samples [evaluated, class], had it learned that `candidate` is of class `label`. */
export type Refit = (candidate: number, label: number) => ProbabilityInput;

/** Which error is to fall, and where it is looked at. */
export interface ErrorReductionOptions {
  /** `"log"`: entropy of the predictions, in nats; `"zeroOne"`: chance that the best guess is wrong. Default `"log"`. */
  readonly loss?: "log" | "zeroOne";
  /** Samples to score. Every one costs a refit per class: give a random part of a large pool. Default: every sample. */
  readonly candidates?: ArrayLike<number>;
  /** Samples whose error is counted. Default: every sample. */
  readonly evaluated?: ArrayLike<number>;
}

/**
 * Expected error reduction: how much smaller the model expects its own error to be, once it knows the answer.
 *
 * u[i] = E − Σ_y p̄[i,y] · E(i, y), with E the mean loss of the evaluated samples as the model judges it today and E(i, y)
 * the same after learning that sample i is of class y.
 *
 * @param p probabilities [sample, class] or [sample, class, draw] of the whole pool today
 * @param refit how a model that has learned one more label predicts the evaluated samples: a function that refits, or
 *   `"draws"`, which refits nothing and weighs every draw by the probability it gave to the label (Bayes' rule)
 * @returns utilities [candidate], higher = ask first; with `"draws"` never below 0
 * @example
 * // Two draws that contradict each other everywhere: one label decides between them for good.
 * expectedErrorReduction([[[1, 0], [0, 1]], [[0, 1], [1, 0]]], "draws", { loss: "zeroOne" }) // [0.5, 0.5]
 * @throws {InputError} when shapes do not match, indices are no samples, or `"draws"` finds a single draw
 * @see Roy, McCallum (2001), Toward optimal active learning through sampling estimation of error reduction, section 3
 */
export function expectedErrorReduction(p: ProbabilityInput, refit: Refit | "draws", options: ErrorReductionOptions = {}): Float64Array {
  const caller = "expectedErrorReduction";
  const pool = asProbabilities(p, caller);
  const everySample = Int32Array.from({ length: pool.samples }, (_, i) => i);
  const candidates = distinct(options.candidates ?? everySample, pool.samples, caller);
  if (candidates.length === 0) refuse(caller, "at least one candidate", 0);
  const evaluated = rowsOf(pool, distinct(options.evaluated ?? everySample, pool.samples, caller));
  if (refit !== "draws" && typeof refit !== "function") refuse(caller, 'a refit, or "draws"', refit);
  const relearn = refit === "draws" ? weighDraws(withSeveralDraws(pool, caller), evaluated) : refit;
  const loss = requireOneOf(caller, "a loss", options.loss ?? "log", ["log", "zeroOne"]) === "zeroOne" ? leastConfidence : entropy;
  const error = (predicted: ProbabilityInput) => mean(loss(predicted));
  const today = meanOverDraws(pool);
  const errorToday = error(evaluated);
  return Float64Array.from(candidates, (candidate) => {
    let expected = 0;
    for (let label = 0; label < pool.classes; label++) {
      const chance = today.values[candidate * pool.classes + label]!;
      if (chance > 0) expected += chance * error(sameShape(relearn(candidate, label), evaluated));
    }
    return refit === "draws" ? decrease(errorToday, expected) : errorToday - expected;
  });
}

/** Bayes' rule over draws: P(k | i is of class y) ∝ P[i,y,k]. */
function weighDraws(pool: Probabilities, evaluated: Probabilities): Refit {
  const { classes, draws } = pool;
  return (candidate, label) => {
    const start = (candidate * classes + label) * draws;
    const likelihood = pool.values.subarray(start, start + draws);
    let total = 0;
    for (let draw = 0; draw < draws; draw++) total += likelihood[draw]!;
    const predicted = new Float64Array(evaluated.samples * classes);
    for (let row = 0, at = 0; row < predicted.length; row++) {
      let sum = 0;
      for (let draw = 0; draw < draws; draw++) sum += likelihood[draw]! * evaluated.values[at++]!;
      predicted[row] = sum / total;
    }
    return trusted(predicted, evaluated.samples, classes, 1);
  };
}

function rowsOf(p: Probabilities, samples: Int32Array): Probabilities {
  if (samples.length === 0) refuse("expectedErrorReduction", "at least one evaluated sample", 0);
  const width = p.classes * p.draws;
  const values = new Float64Array(samples.length * width);
  samples.forEach((sample, row) => values.set(p.values.subarray(sample * width, (sample + 1) * width), row * width));
  return trusted(values, samples.length, p.classes, p.draws);
}

function sameShape(predicted: ProbabilityInput, evaluated: Probabilities): Probabilities {
  const p = asProbabilities(predicted, "expectedErrorReduction");
  if (p.samples !== evaluated.samples || p.classes !== evaluated.classes)
    refuse("expectedErrorReduction", `a refit predicting ${evaluated.samples} × ${evaluated.classes}`, `${p.samples} × ${p.classes}`);
  return p;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
