import { asProbabilities, type Probabilities, type ProbabilityInput } from "../../probability/probabilities";
import type { RandomSource } from "../../random/randomSource";
import { refuse } from "../../runtime/refuse";
import { withSeveralDraws } from "./withSeveralDraws";
import { batchCandidates, type BatchOptions } from "../batchOptions";
import { distinct } from "../../runtime/requireIndices";
import { expectedEntropy } from "./expectedEntropy";
import { coarserOutcomes } from "./coarserOutcomes";
import { labelEntropy, nothingAsked, sampled, withLabelOf, type LabelOutcomes } from "./labelOutcomes";
import { decrease } from "../arithmetic/decrease";
import { lazyArgmax } from "../arithmetic/lazyArgmax";

/** How a batch's joint distribution of labels is held. */
export interface BatchBaldOptions extends BatchOptions {
  /**
   * Outcomes of the batch's labels to keep, ≥ 1. As long as there are no more, the joint distribution is exact; beyond, it is
   * sampled (the likely outcomes stay, the others stand for each other). Default 10,000: exact up to four samples of ten classes.
   */
  readonly jointSamples?: number;
}

/**
 * BatchBALD: the batch whose labels together tell most about the network. It does not ask the same thing twice, as the
 * samples with the highest BALD do.
 *
 * Greedy: next = argmaxᵢ I(y_S, yᵢ; k) = argmaxᵢ H(yᵢ | y_S) − (1/K) Σₖ H(P[i,·,k]), S the picks so far.
 * Knowing less leaves more entropy. So a few coarse outcomes of S bound every gain from above, and only the best bounds are
 * looked at more and more finely (see `lazyArgmax`): the same picks as from all gains, from a small part of them.
 *
 * @param p probabilities [sample, class, draw], two draws or more
 * @returns the chosen samples [batchSize], in the order of choice, none twice
 * @example
 * const twins = [[[1, 0], [0, 1]], [[1, 0], [0, 1]], [[0.9, 0.2], [0.1, 0.8]]];
 * batchBald(twins, { batchSize: 1, candidates: [1, 2] }, randomSource(7)) // [1]
 * @throws {InputError} when the input is not a table of probabilities, has one draw, or the batch is larger than the candidates
 * @see Kirsch, van Amersfoort, Gal (2019), arXiv 1906.08158, algorithm 1 and equation 9
 */
export function batchBald(p: ProbabilityInput, options: BatchBaldOptions, random: RandomSource): Int32Array {
  const pool = withSeveralDraws(asProbabilities(p, "batchBald"), "batchBald");
  const candidates = Array.from(batchCandidates(options, pool.samples, "batchBald"));
  const limit = checkedLimit(options.jointSamples ?? 10_000, "batchBald");
  const noise = expectedEntropy(pool);
  const batch = new Int32Array(options.batchSize);
  let outcomes = nothingAsked(pool.draws);
  for (let picks = 0; picks < batch.length; picks++) {
    const place = mostInformative(pool, noise, candidates, outcomes, random);
    batch[picks] = candidates[place]!;
    candidates.splice(place, 1);
    if (picks + 1 < batch.length) outcomes = sampled(withLabelOf(outcomes, pool, batch[picks]!), limit, random);
  }
  return batch;
}

/** How finely outcomes are looked at before all of them are. */
const levelSizes = [1, 32, 128, 512, 2048];

function mostInformative(p: Probabilities, noise: Float64Array, candidates: readonly number[], outcomes: LabelOutcomes, random: RandomSource): number {
  const levels = [...coarserOutcomes(outcomes, levelSizes), outcomes];
  const gain = (sample: number, level: number) => decrease(labelEntropy(levels[level]!, p, sample), noise[sample]!);
  const level = new Uint8Array(candidates.length);
  const takeBest = lazyArgmax(
    {
      bounds: Float64Array.from(candidates, (sample) => gain(sample, 0)),
      isExact: (item) => level[item] === levels.length - 1,
      tighten: (item) => gain(candidates[item]!, ++level[item]!),
    },
    random,
  );
  return takeBest();
}

/**
 * What the labels of several samples together tell about the network, in nats.
 *
 * I(y_S; k) = log K − Σ P(y_S) H(k | y_S): the entropy of K equally likely draws minus what the labels leave of it.
 *
 * @param options.jointSamples outcomes to keep, as in `batchBald`; default: all of them, classes to the power of the samples, at most 4 million
 * @example
 * jointMutualInformation([[[1, 0], [0, 1]], [[1, 0], [0, 1]]], [0, 1]) // 0.6931471805599453
 * @throws {InputError} when the input has one draw, outcomes are to be sampled without a random source, or there are too many
 */
export function jointMutualInformation(p: ProbabilityInput, samples: ArrayLike<number>, options: { jointSamples?: number } = {}, random?: RandomSource): number {
  const pool = withSeveralDraws(asProbabilities(p, "jointMutualInformation"), "jointMutualInformation");
  const limit = checkedLimit(options.jointSamples ?? Infinity, "jointMutualInformation");
  let outcomes = nothingAsked(pool.draws);
  for (const sample of distinct(samples, pool.samples, "jointMutualInformation")) {
    if (limit === Infinity && outcomes.weights.length * pool.classes > mostOutcomes)
      refuse("jointMutualInformation", `at most ${mostOutcomes} outcomes, or jointSamples to sample them`, outcomes.weights.length * pool.classes, `sample ${sample}`);
    outcomes = withLabelOf(outcomes, pool, sample);
    if (outcomes.weights.length > limit)
      outcomes = sampled(outcomes, limit, random ?? refuse("jointMutualInformation", "a random source to sample outcomes with", "none"));
  }
  const { weights, posteriors, draws } = outcomes;
  let left = 0; // of the entropy of the draw
  for (let at = 0; at < posteriors.length; at++)
    if (posteriors[at]! > 0) left -= weights[Math.floor(at / draws)]! * posteriors[at]! * Math.log(posteriors[at]!);
  return Math.max(0, Math.log(draws) - left);
}

/** Outcomes that are worked out when nobody asks to sample them. */
const mostOutcomes = 4_000_000;

function checkedLimit(jointSamples: number, caller: string): number {
  return jointSamples >= 1 ? jointSamples : refuse(caller, "at least one joint sample", jointSamples);
}
