import type { Samples } from "../dataset/dataset";
import { subset } from "../dataset/subset";
import type { Classifier, Embedding, Look } from "../model/classifier";
import { meanOverDraws } from "../probability/meanOverDraws";
import type { Probabilities } from "../probability/probabilities";
import type { AnsweredQuestion } from "../question/question";
import { randomSource, type RandomSource } from "../random/randomSource";

/**
 * What the current model says about the pool. It stays as it is until the next refit,
 * so each part is worked out at most once, when it is first looked at.
 */
export interface PoolView {
  /** Row-major [sample, class], without dropout. */
  readonly logits: Float32Array;
  /** Without dropout. */
  readonly plain: Probabilities;
  /** [sample, class, draw] under the strategy's dropout draws; the plain probabilities when it draws none. */
  readonly draws: Probabilities;
  /** Mean over the draws. */
  readonly mean: Probabilities;
  /** Input of the last layer. */
  readonly embedding: Embedding;
  /** What the model has learned from so far; a part of a pool keeps the whole pool's numbers here. */
  readonly answered: readonly AnsweredQuestion[];
  /** The same model's view of some samples only, under the same dropout draws: a large pool is looked at part by part. */
  part(samples: ArrayLike<number>): PoolView;
}

/**
 * Looks at a pool through a model that has learned from `answered`, with `draws` dropout networks (0: none), which the seed
 * of `random` decides.
 *
 * @param look what the model has said of the pool already, under the same draws
 */
export function poolView(
  classifier: Classifier,
  pool: Samples,
  answered: readonly AnsweredQuestion[],
  draws: number,
  random: RandomSource,
  look?: Look,
): PoolView {
  const prediction = once(() => look ?? classifier.predict(pool));
  const drawn = once(() => (draws === 0 ? prediction().probabilities : (look?.draws ?? classifier.draws(pool, draws, randomSource(random.path)))));
  const mean = once(() => meanOverDraws(drawn()));
  const embedding = once(() => look?.embedding ?? classifier.predict(pool, { embedding: true }).embedding!);
  return {
    answered,
    get logits() {
      return prediction().logits;
    },
    get plain() {
      return prediction().probabilities;
    },
    get draws() {
      return drawn();
    },
    get mean() {
      return mean();
    },
    get embedding() {
      return embedding();
    },
    part: (samples) => poolView(classifier, subset(pool, samples), answered, draws, random),
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Makes a function of a view that is worked out once for each view: between refits the model, and all that follows from it, stays. */
export function perView<T>(make: (view: PoolView) => T): (view: PoolView) => T {
  const made = new WeakMap<PoolView, { value: T }>();
  return (view) => {
    const known = made.get(view) ?? { value: make(view) };
    made.set(view, known);
    return known.value;
  };
}
