import * as almq from "almq";
import type { BatchOptions, RandomSource } from "almq";
import type { World } from "./world";

/** What a criterion that scores every sample promises. */
export interface ScoreContract {
  score(world: World): Float64Array;
  /** Smallest and largest utility there can be. */
  bounds(classes: number, draws: number): [number, number];
  /** Does the order of the classes not matter? Default true. */
  classesAlike?: boolean;
  /** Does a sample's utility not depend on its place? Default true; only chance itself does. */
  placesAlike?: boolean;
  /** What becomes of utilities when all predictions move towards the uniform one. */
  towardsUniform?: "rises" | "falls";
  /** Does it need draws that can disagree? Default false. */
  needsDraws?: boolean;
  /** Does it look at features only? Default false. */
  featuresOnly?: boolean;
}

/** What a choice of a batch promises. */
export interface ChoiceContract {
  choose(world: World, options: BatchOptions, random: RandomSource): Int32Array;
  /** Utilities whose largest is chosen first, where the first pick is not drawn. */
  first?(world: World): Float64Array;
  /** Without ties, does the choice depend on the samples alone, neither on the seed nor on their order? Default false. */
  settled?: boolean;
  /** Is a smaller batch the beginning of a larger one? Default false. */
  grows?: boolean;
}

const { log } = Math;
const { entropy } = almq;

function rows(world: World): number[][] {
  return world.features.map((row) => Array.from(row));
}

function nested({ p }: World): number[][][] {
  const draws = (row: number) => Array.from(p.values.subarray(row * p.draws, (row + 1) * p.draws));
  return Array.from({ length: p.samples }, (_, i) => Array.from({ length: p.classes }, (_, l) => draws(i * p.classes + l)));
}

function zeroOneCosts(classes: number): number[][] {
  return Array.from({ length: classes }, (_, i) => Array.from({ length: classes }, (_, j) => (i === j ? 0 : 1)));
}

function everySample({ p }: World, value: (sample: number) => number): Float64Array {
  return Float64Array.from({ length: p.samples }, (_, i) => value(i));
}

/** The length of a gradient is its distance to the gradient of a sample whose features are zeros. */
function gradientLengths(world: World): Float64Array {
  const p = nested(world);
  return almq.gradientDistances([...p, p[0]!], [...rows(world), [0, 0, 0]], p.length).slice(0, p.length);
}

export const scores: Record<string, ScoreContract> = {
  leastConfidence: { score: ({ p }) => almq.leastConfidence(p), bounds: (c) => [0, 1 - 1 / c], towardsUniform: "rises" },
  "leastConfidence normalized": { score: ({ p }) => almq.leastConfidence(p, { normalized: true }), bounds: () => [0, 1], towardsUniform: "rises" },
  expectedCost: { score: ({ p }) => almq.expectedCost(p, zeroOneCosts(p.classes)), bounds: (c) => [0, 1 - 1 / c], towardsUniform: "rises" },
  margin: { score: ({ p }) => almq.margin(p), bounds: () => [0, 1], towardsUniform: "rises" },
  "margin raw": { score: ({ p }) => almq.margin(p, { normalized: false }), bounds: () => [-1, 0], towardsUniform: "rises" },
  ratioOfConfidence: { score: ({ p }) => almq.ratioOfConfidence(p), bounds: () => [0, 1], towardsUniform: "rises" },
  "ratioOfConfidence raw": { score: ({ p }) => almq.ratioOfConfidence(p, { normalized: false }), bounds: () => [-Infinity, -1], towardsUniform: "rises" },
  entropy: { score: ({ p }) => entropy(p), bounds: (c) => [0, log(c)], towardsUniform: "rises" },
  "entropy normalized": { score: ({ p }) => entropy(p, { normalized: true }), bounds: () => [0, 1], towardsUniform: "rises" },
  variance: { score: ({ p }) => almq.variance(p), bounds: (c) => [0, 2 - 2 / c], towardsUniform: "rises" },
  classGainTv: { score: ({ p }) => almq.classGainTv(p), bounds: (c) => [0, 1 - 1 / c], towardsUniform: "rises" },
  voteEntropy: { score: ({ p }) => almq.voteEntropy(p), bounds: (c) => [0, log(c)], needsDraws: true },
  "voteEntropy soft": { score: ({ p }) => almq.voteEntropy(p, { votes: "soft" }), bounds: (c) => [0, log(c)], towardsUniform: "rises", needsDraws: true },
  consensusEntropy: { score: ({ p }) => almq.consensusEntropy(p), bounds: (c) => [0, log(c)], towardsUniform: "rises", needsDraws: true },
  klToConsensus: { score: ({ p }) => almq.klToConsensus(p), bounds: (c, k) => [0, log(Math.min(c, k))], towardsUniform: "falls", needsDraws: true },
  "klToConsensus max": { score: ({ p }) => almq.klToConsensus(p, { over: "max" }), bounds: (_, k) => [0, log(k)], towardsUniform: "falls", needsDraws: true },
  variationRatio: { score: ({ p }) => almq.variationRatio(p), bounds: (c) => [0, 1 - 1 / c], needsDraws: true },
  expectedEntropy: { score: ({ p }) => almq.expectedEntropy(p), bounds: (c) => [0, log(c)], towardsUniform: "rises" },
  meanStandardDeviation: { score: ({ p }) => almq.meanStandardDeviation(p), bounds: () => [0, 0.5], towardsUniform: "falls", needsDraws: true },
  bald: { score: ({ p }) => almq.bald(p), bounds: (c, k) => [0, log(Math.min(c, k))], towardsUniform: "falls", needsDraws: true },
  expectedErrorReduction: { score: ({ p }) => almq.expectedErrorReduction(p, "draws"), bounds: (c) => [0, log(c)], needsDraws: true },
  "expectedErrorReduction zeroOne": { score: ({ p }) => almq.expectedErrorReduction(p, "draws", { loss: "zeroOne" }), bounds: (c) => [0, 1 - 1 / c], needsDraws: true },
  expectedGradientLength: { score: (world) => almq.expectedGradientLength(world.p, rows(world)), bounds: () => [0, Infinity] },
  informationDensity: { score: (world) => almq.informationDensity(rows(world)), bounds: () => [-1, 1], featuresOnly: true },
  "informationDensity euclidean": { score: (world) => almq.informationDensity(rows(world), { similarity: "euclidean" }), bounds: () => [0, 1], featuresOnly: true },
  densityWeighted: {
    score: (world) => almq.densityWeighted(entropy(world.p), almq.informationDensity(rows(world), { similarity: "euclidean" })),
    bounds: (c) => [0, log(c)],
    towardsUniform: "rises",
  },
  domainImportance: { score: (world) => almq.domainImportance([[0, 0, 0], [1, 1, 0], [-1, 0, 1]], rows(world)), bounds: () => [0, Infinity], featuresOnly: true },
  gainTv: { score: (world) => everySample(world, (i) => almq.gainTv(world.p, { kind: "all", class: 0, samples: [i] })), bounds: () => [0, 0.5], classesAlike: false },
  questionBald: {
    score: (world) => everySample(world, (i) => almq.questionBald(world.p, { kind: "any", class: 0, samples: [i] })),
    bounds: () => [0, log(2)],
    classesAlike: false,
  },
  randomUtilities: { score: ({ p }) => almq.randomUtilities(p.samples, almq.randomSource(1)), bounds: () => [0, 1], placesAlike: false, featuresOnly: true },
};

export const choices: Record<string, ChoiceContract> = {
  topK: { choose: ({ p }, options, random) => almq.topK(entropy(p), options, random), first: ({ p }) => entropy(p), settled: true, grows: true },
  softmaxSampling: { choose: ({ p }, options, random) => almq.softmaxSampling(entropy(p), options, random), grows: true },
  powerSampling: { choose: ({ p }, options, random) => almq.powerSampling(entropy(p), options, random), grows: true },
  powerBald: { choose: ({ p }, options, random) => almq.powerBald(p, options, random), grows: true },
  classBalanced: { choose: ({ p }, options, random) => almq.classBalanced(entropy(p), p, options, random), grows: true },
  uncertaintyThenCluster: { choose: (world, options, random) => almq.uncertaintyThenCluster(entropy(world.p), rows(world), options, random) },
  batchBald: { choose: ({ p }, options, random) => almq.batchBald(p, options, random), first: ({ p }) => almq.bald(p), settled: true, grows: true },
  badge: { choose: (world, options, random) => almq.badge(world.p, rows(world), options, random), first: gradientLengths, grows: true },
  coreSet: { choose: (world, options, random) => almq.coreSet(rows(world), options, random), grows: true },
  kMeansRepresentatives: { choose: (world, options, random) => almq.kMeansRepresentatives(rows(world), options, random) },
  typiClust: { choose: (world, options, random) => almq.typiClust(rows(world), { ...options, neighbours: 2 }, random) },
  facilityLocation: { choose: (world, options, random) => almq.facilityLocation(rows(world), options, random), grows: true },
  probCover: { choose: (world, options, random) => almq.probCover(rows(world), { ...options, radius: 1 }, random), grows: true },
};

/** Exports of the acquisition room that score and choose nothing by themselves. */
export const notCriteria = ["gradientDistances", "coverRadius", "kMeans", "jointMutualInformation", "gainTvCriterion", "questionBaldCriterion"];
