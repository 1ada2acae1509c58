/**
 * What the types refuse. Nothing here runs: the compiler is the test, and fails where a line marked as an error is none.
 */
import {
  allOffer, answerProbability, anyOffer, classOffer, entropy, gainTv, labeled, logistic, probabilities, randomSource, shuffle, weightedChoice,
  type Answer, type Dataset, type FitSettings, type Offer, type Probabilities, type Question, type RandomSource,
} from "almq"; // prettier-ignore

export function questions(): Question[] {
  return [
    { kind: "class", samples: [4] },
    { kind: "all", class: 2, samples: [4, 7] },
    // @ts-expect-error an All question names its class
    { kind: "all", samples: [4, 7] },
    // @ts-expect-error and so does an Any question
    { kind: "any", samples: [4] },
    // @ts-expect-error a Class question shows one sample
    { kind: "class", samples: [4, 7] },
    // @ts-expect-error a Class question asks for the class: it has none
    { kind: "class", class: 2, samples: [4] },
    // @ts-expect-error there is no such question
    { kind: "most", class: 2, samples: [4, 7] },
    // @ts-expect-error samples are indices
    { kind: "all", class: 2, samples: ["4"] },
  ];
}

export function answers(): Answer[] {
  return [
    3,
    "yes",
    "cannot tell",
    // @ts-expect-error an answer is a class, yes, no, or that the oracle cannot tell
    "maybe",
    // @ts-expect-error yes is a word
    true,
  ];
}

export function offers(): Offer[] {
  return [
    classOffer({ cost: 1 }),
    allOffer({ size: 2, cost: 0.3 }),
    // @ts-expect-error an offer has a cost
    classOffer({}),
    // @ts-expect-error All has a size
    allOffer({ cost: 0.3 }),
    // @ts-expect-error Class always shows one sample
    classOffer({ size: 2, cost: 1 }),
    // @ts-expect-error there is no such kind
    { kind: "most", size: 1, cost: 1, threshold: 0 },
    // @ts-expect-error an option that is left out is left out, not undefined
    anyOffer({ size: 2, cost: 0.3, threshold: undefined }),
  ];
}

export function numbers(unchecked: { values: Float64Array; samples: number; classes: number; draws: number }, random: RandomSource): unknown[] {
  // @ts-expect-error probabilities are made by `probabilities`, which checks them
  const p: Probabilities = unchecked;
  return [
    entropy([[0.5, 0.5]]),
    entropy(probabilities(unchecked.values, unchecked)),
    // @ts-expect-error a flat list has no samples and classes
    entropy([0.5, 0.5]),
    // @ts-expect-error nor has a typed array
    entropy(Float64Array.of(0.5, 0.5)),
    // @ts-expect-error randomness is an argument, never left out
    shuffle([1, 2, 3]),
    // @ts-expect-error and never a bare function
    weightedChoice([1, 2], Math.random),
    // @ts-expect-error a gain belongs to a question
    gainTv([[0.5, 0.5]]),
    // @ts-expect-error a question comes before its answer
    answerProbability("yes", { kind: "all", class: 0, samples: [1] }, [0.5]),
    // @ts-expect-error a label is a class index
    labeled(3, "cat"),
    // @ts-expect-error a model needs its random source
    logistic({ inputs: 64, classes: 10 }),
    p,
    random,
  ];
}

export function whatIsMade(p: Probabilities, data: Dataset, settings: FitSettings): void {
  // @ts-expect-error probabilities stay as they were checked
  p.samples = 3;
  // @ts-expect-error a dataset says whether it is a stand-in
  const nameless: Dataset = { name: data.name, source: data.source, classes: data.classes, samples: data.samples, labels: data.labels };
  // @ts-expect-error there are two fidelities
  const other: FitSettings = { ...settings, fidelity: "better" };
  // @ts-expect-error a seed is a number or a text
  randomSource({ seed: 7 });
  void [nameless, other];
}
