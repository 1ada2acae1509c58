import type { Probabilities } from "../../probability/probabilities";
import type { RandomSource } from "../../random/randomSource";
import { logProbability } from "../arithmetic/logProbability";

/**
 * The labels that a batch may turn out to have, each with its probability and with what it would say about the draw.
 */
export interface LabelOutcomes {
  /** P(outcome), summing to 1. */
  readonly weights: Float64Array;
  /** P(draw | outcome), row-major [outcome, draw]. */
  readonly posteriors: Float64Array;
  readonly draws: number;
}

/** Before anything is asked: one outcome, every draw as likely as the others. */
export function nothingAsked(draws: number): LabelOutcomes {
  return { weights: Float64Array.of(1), posteriors: new Float64Array(draws).fill(1 / draws), draws };
}

/** Every outcome followed by every label of one more sample; impossible ones are left out. */
export function withLabelOf(outcomes: LabelOutcomes, p: Probabilities, sample: number): LabelOutcomes {
  const { draws } = outcomes;
  const weights = new Float64Array(outcomes.weights.length * p.classes);
  const posteriors = new Float64Array(weights.length * draws);
  let count = 0;
  for (let outcome = 0; outcome < outcomes.weights.length; outcome++)
    for (let l = 0; l < p.classes; l++) {
      let chance = 0;
      for (let draw = 0; draw < draws; draw++)
        chance += posteriors[count * draws + draw] =
          outcomes.posteriors[outcome * draws + draw]! * p.values[(sample * p.classes + l) * draws + draw]!;
      weights[count] = outcomes.weights[outcome]! * chance;
      if (weights[count]! === 0) continue;
      for (let draw = 0; draw < draws; draw++) posteriors[count * draws + draw]! /= chance;
      count++;
    }
  return { weights: weights.slice(0, count), posteriors: posteriors.slice(0, count * draws), draws };
}

/**
 * The entropy of a sample's label once the outcome is known, in nats: Σ P(outcome) H(Σₖ P(k | outcome) P[sample,·,k]).
 */
export function labelEntropy({ weights, posteriors, draws }: LabelOutcomes, p: Probabilities, sample: number): number {
  const length = p.classes * draws;
  const given = new Float64Array(p.values.subarray(sample * length, (sample + 1) * length));
  let entropy = 0;
  for (let outcome = 0; outcome < weights.length; outcome++) {
    let sum = 0;
    for (let at = 0; at < length; at += draws) {
      const chance = product(posteriors, outcome * draws, given, at, draws);
      sum += chance * logProbability(chance);
    }
    entropy -= weights[outcome]! * sum;
  }
  return entropy;
}

/** A scalar product in four sums that do not wait for each other. */
function product(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const end = i + length;
  for (; i + 3 < end; i += 4, j += 4) {
    first += a[i]! * b[j]!;
    second += a[i + 1]! * b[j + 1]!;
    third += a[i + 2]! * b[j + 2]!;
    fourth += a[i + 3]! * b[j + 3]!;
  }
  for (; i < end; i++, j++) first += a[i]! * b[j]!;
  return first + second + (third + fourth);
}

/**
 * At most `limit` outcomes that stand for all: the likely ones stay as they are, a systematic sample of the unlikely ones
 * shares their probability evenly. Unbiased, and of all such samples the one with the least variance.
 *
 * @see Fearnhead, Clifford (2003), On-line inference for hidden Markov models via particle filters, section 3
 */
export function sampled(outcomes: LabelOutcomes, limit: number, random: RandomSource): LabelOutcomes {
  const { weights, posteriors, draws } = outcomes;
  if (weights.length <= limit) return outcomes;
  const share = evenShare(weights, limit);
  const kept: number[] = [];
  let due = random.next() * share;
  weights.forEach((weight, outcome) => {
    if (weight >= share) kept.push(outcome);
    else if ((due -= weight) < 0) {
      kept.push(outcome);
      due += share;
    }
  });
  const rows = new Float64Array(kept.length * draws);
  kept.forEach((outcome, row) => rows.set(posteriors.subarray(outcome * draws, (outcome + 1) * draws), row * draws));
  return { weights: Float64Array.from(kept, (outcome) => Math.max(share, weights[outcome]!)), posteriors: rows, draws };
}

/** The weight κ with Σ min(weight / κ, 1) = limit: what is lighter is sampled, and weighs κ when it is. */
function evenShare(weights: Float64Array, limit: number): number {
  const descending = weights.slice().sort().reverse();
  let lighter = descending.reduce((sum, weight) => sum + weight, 0);
  for (let heavy = 0; heavy < limit; heavy++) {
    const share = lighter / (limit - heavy);
    if (descending[heavy]! < share) return share;
    lighter -= descending[heavy]!;
  }
  return descending[limit - 1]!;
}
