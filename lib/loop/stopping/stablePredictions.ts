import { cohenKappa } from "../../probability/cohenKappa";
import { refuse } from "../../runtime/refuse";
import type { StoppingRule } from "./stoppingRule";

/** When predictions count as stable. */
export interface StablePredictionsOptions {
  /** Stop when the mean kappa is at least this, from 0 to 1. Default 0.99; lower stops earlier. */
  readonly kappa?: number;
  /** Mean over the last so many pairs of consecutive models, ≥ 1. Default 3. */
  readonly rounds?: number;
}

/**
 * Stops when consecutive models say the same about the pool: the mean of Cohen's kappa between each model's predictions and the
 * next one's, over the last `rounds` pairs, is at least `kappa`. Needs no label at all. A model that cannot change its mind,
 * because batches are tiny or because it calls everything one class, looks stable too.
 *
 * @example
 * stablePredictions({ kappa: 0.98 })([]) // undefined
 * @throws {InputError} when an option is out of range
 * @see Bloodgood, Vijay-Shanker (2009), A method for stopping active learning based on stabilizing predictions and the need for user-adjustable stopping
 */
export function stablePredictions(options: StablePredictionsOptions = {}): StoppingRule {
  const { kappa = 0.99, rounds = 3 } = options;
  if (!(kappa >= 0 && kappa <= 1)) refuse("stablePredictions", "a kappa from 0 to 1", kappa);
  if (!Number.isInteger(rounds) || rounds < 1) refuse("stablePredictions", "at least one pair of models", rounds);
  return (states) => {
    if (states.length <= rounds) return undefined;
    const lately = states.slice(-rounds - 1).map(({ predicted }) => predicted);
    const agreements = lately.slice(1).map((predicted, i) => cohenKappa(lately[i]!, predicted));
    const mean = agreements.reduce((sum, each) => sum + each, 0) / rounds;
    if (mean < kappa) return undefined;
    return { by: "stablePredictions", because: `the last ${rounds + 1} models agree about the pool, kappa ${mean.toFixed(3)} at the mean` };
  };
}
