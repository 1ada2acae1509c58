import { distinct } from "../runtime/requireIndices";
import type { Refit } from "../acquisition/change/expectedErrorReduction";
import { subset } from "../dataset/subset";
import type { Probabilities } from "../probability/probabilities";
import { labeled } from "../question/question";
import { refuse } from "../runtime/refuse";
import { fitCrowd } from "./fitCrowd";
import type { FitRequest, Trainer } from "./fitSettings";

/** Which labels are tried, and on what the models that have learned them are looked at. */
export interface RefitEveryLabelRequest extends FitRequest {
  /** Samples of the pool whose labels are tried, every class of each. */
  readonly candidates: ArrayLike<number>;
  /** Samples that the refitted models predict. Default: every sample. */
  readonly evaluated?: ArrayLike<number>;
  /** Default: a crowd, so that many fits are stepped together. */
  readonly trainer?: Trainer;
}

/** So many copies of a classifier are alive at the same time. */
const together = 64;

/**
 * Refits a copy of a classifier for every label that every candidate might turn out to have: what
 * `expectedErrorReduction` needs to know. The classifier itself stays as it is.
 *
 * Every copy goes on from the classifier's weights, and all use the same random numbers, `random.split("refit")`, so that
 * they differ by the label they learned and not by luck. A model of today to compare them with should use them too. It costs candidates × classes fits, and keeps as many predictions of the
 * evaluated samples.
 *
 * @returns what the copy that learned a label predicts for the evaluated samples [evaluated, class]
 * @example
 * const random = randomSource(1);
 * const samples = floatSamples(Float32Array.of(-1, 0, 0.2, 1), [1]);
 * const classifier = logistic({ inputs: 1, classes: 2, random });
 * const settings: FitSettings = { epochs: 20, batchSize: 4, learningRate: 0.1, fidelity: "corrected" };
 * const fit = { classifier, samples, observations: [labeled(0, 0), labeled(3, 1)], settings, random };
 * const refit = await refitEveryLabel({ ...fit, candidates: [1, 2] });
 * expectedErrorReduction(classifier.predict(samples).probabilities, refit, { candidates: [1, 2] }).length // 2
 * @throws {InputError} when candidates or evaluated samples are no samples of the pool, or are named twice
 * @see Roy, McCallum (2001), Toward optimal active learning through sampling estimation of error reduction, section 3
 */
export async function refitEveryLabel(request: RefitEveryLabelRequest): Promise<Refit> {
  const { candidates, evaluated, trainer = fitCrowd(), ...fit } = request;
  const { classifier, samples, observations, random } = fit;
  const caller = "refitEveryLabel";
  const tried = distinct(candidates, samples.count, caller);
  const shown = evaluated === undefined ? samples : subset(samples, distinct(evaluated, samples.count, caller));
  const said = new Map<string, Probabilities>();
  const key = (candidate: number, label: number) => `${candidate} ${label}`;

  async function learn(candidate: number, label: number): Promise<void> {
    const copy = classifier.clone();
    try {
      await trainer.fit({ ...fit, classifier: copy, observations: [...observations, labeled(candidate, label)], random: random.split("refit") });
      said.set(key(candidate, label), (await copy.look(shown)).probabilities);
    } finally {
      copy.dispose();
    }
  }

  const pairs = Array.from(tried).flatMap((candidate) => Array.from({ length: classifier.classes }, (_, label) => [candidate, label] as const));
  for (let at = 0; at < pairs.length; at += together) await Promise.all(pairs.slice(at, at + together).map(([candidate, label]) => learn(candidate, label)));
  return (candidate, label) => said.get(key(candidate, label)) ?? refuse(caller, "one of the candidates that were tried, and a class", key(candidate, label));
}
