import { entropy } from "../../acquisition/uncertainty/entropy";
import { leastConfidence } from "../../acquisition/uncertainty/leastConfidence";
import type { Certainty, Metrics } from "../../probability/metrics";
import type { Probabilities } from "../../probability/probabilities";
import type { Answer, AnsweredQuestion } from "../../question/question";

/** A question, its answer, and the answer that the model expected before it learned it. */
export interface LearnedAnswer extends AnsweredQuestion {
  readonly expected: Answer;
  /** Seconds the answer took, where they were measured. */
  readonly seconds?: number;
}

/** What a run knows each time its model has learned: all that a stopping rule may look at. */
export interface LearnedState {
  /** 0 before the first question; the number of the batch after it. */
  readonly round: number;
  /** Questions asked so far. */
  readonly questions: number;
  /** Budget spent so far, in the unit of the costs. */
  readonly spent: number;
  /** Seconds since the run began. */
  readonly seconds: number;
  /** Seconds that the oracle told its answers took. */
  readonly answerSeconds: number;
  /** What was asked since the state before; none in round 0. */
  readonly asked: readonly LearnedAnswer[];
  /** The model on the pool, or on its `measured` part; accuracy and cross-entropy where the pool's labels are known. */
  readonly pool: Certainty & Partial<Metrics>;
  /** The model on the test set; absent without one. */
  readonly test?: Metrics;
  /** The model's most probable class of every sample of the pool, or of its `measured` part. */
  readonly predicted: Int32Array;
  /** How unsure the model is about what was never asked. */
  readonly unasked: Unasked;
}

/** Uncertainty over the samples, of the `measured` part where there is one, that nobody was asked about; 0 where none is left. */
export interface Unasked {
  readonly count: number;
  /** Entropy divided by log(classes): 0 when certain, 1 when all classes are equally likely. */
  readonly entropy: MeanAndLargest;
  /** 1 − max p. */
  readonly leastConfidence: MeanAndLargest;
}

export interface MeanAndLargest {
  readonly mean: number;
  readonly largest: number;
}

/** How unsure a model is about some of the pool's samples. */
export function uncertaintyOf(p: Probabilities, samples: Int32Array): Unasked {
  return {
    count: samples.length,
    entropy: meanAndLargest(entropy(p, { normalized: true }), samples),
    leastConfidence: meanAndLargest(leastConfidence(p), samples),
  };
}

function meanAndLargest(utilities: Float64Array, samples: Int32Array): MeanAndLargest {
  let sum = 0;
  let largest = 0;
  for (const sample of samples) {
    sum += utilities[sample]!;
    largest = Math.max(largest, utilities[sample]!);
  }
  return { mean: samples.length === 0 ? 0 : sum / samples.length, largest };
}
