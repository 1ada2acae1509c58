import { bald } from "../../acquisition/draws/bald";
import { consensusEntropy } from "../../acquisition/committee/consensusEntropy";
import { densityWeighted } from "../../acquisition/weighting/densityWeighted";
import { domainImportance } from "../../acquisition/weighting/domainImportance";
import { entropy } from "../../acquisition/uncertainty/entropy";
import { expectedCost } from "../../acquisition/uncertainty/expectedCost";
import { expectedEntropy } from "../../acquisition/draws/expectedEntropy";
import { expectedErrorReduction } from "../../acquisition/change/expectedErrorReduction";
import { expectedGradientLength } from "../../acquisition/change/expectedGradientLength";
import { classGainTv } from "../../acquisition/question/gainTv";
import { informationDensity } from "../../acquisition/weighting/informationDensity";
import { klToConsensus } from "../../acquisition/committee/klToConsensus";
import { leastConfidence } from "../../acquisition/uncertainty/leastConfidence";
import { margin } from "../../acquisition/uncertainty/margin";
import { meanStandardDeviation } from "../../acquisition/draws/meanStandardDeviation";
import { ratioOfConfidence } from "../../acquisition/uncertainty/ratioOfConfidence";
import { variance } from "../../acquisition/uncertainty/variance";
import { variationRatio } from "../../acquisition/committee/variationRatio";
import { voteEntropy } from "../../acquisition/committee/voteEntropy";
import type { Probabilities } from "../../probability/probabilities";
import { refuse } from "../../runtime/refuse";
import { sameNumber, sameNumbers, type Section } from "./check";
import { has, integer, listOf, number, numbers, oneOf, read, readOr, table, truth } from "./place";

type Score = (p: Probabilities) => Float64Array;

const paper = { smoothing: 1e-5 };
const negative = (score: Score): Score => (p) => score(p).map((utility) => -utility);

/** A row of one sample: every field beside `sample` is a score of the file's probabilities. */
function scores(byField: Record<string, Score>): Section {
  const computed = new WeakMap<Probabilities, Map<string, Float64Array>>();
  return function* (row, shared) {
    const p = shared.probabilities();
    const known = computed.get(p) ?? new Map<string, Float64Array>();
    computed.set(p, known);
    const sample = read(row, "sample", integer);
    if (sample < 0 || sample >= p.samples) refuse("conformance", `a sample from 0 to ${p.samples - 1}`, sample, `${row.path}.sample`);
    for (const [field, score] of Object.entries(byField)) {
      if (!has(row, field)) continue;
      if (!known.has(field)) known.set(field, score(p));
      yield sameNumber(`${row.path}.${field}`, read(row, field, number), known.get(field)![sample]!);
    }
  };
}

const meanOfDraws: Section = function* (content, shared) {
  const expected = table(content);
  yield* sameNumbers(content.path, expected.flat(), shared.mean().values);
};

const ofCosts: Section = function* (each, shared) {
  yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), expectedCost(shared.probabilities(), read(each, "costs", table)));
};

const ofGradients: Section = function* (each) {
  const got = expectedGradientLength(read(each, "probabilities", table), read(each, "embeddings", table), { bias: readOr(each, "bias", truth, true) });
  yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), got);
};

const ofErrors: Section = function* (each, shared) {
  const after = has(each, "after") ? read(each, "after", listOf(listOf(table))) : undefined;
  const p = has(each, "probabilities") ? read(each, "probabilities", table) : shared.probabilities();
  const candidates = has(each, "candidates") ? read(each, "candidates", listOf(integer)) : undefined;
  const refit = after === undefined ? "draws" : (candidate: number, label: number) => (after[candidates?.indexOf(candidate) ?? candidate]?.[label] ?? refuse("conformance", `what a refit predicts for candidate ${candidate} of class ${label}`, "nothing", `${each.path}.after`));
  const got = expectedErrorReduction(p, refit, {
    loss: read(each, "loss", oneOf(["log", "zeroOne"] as const)),
    ...(candidates && { candidates }),
    ...(has(each, "evaluated") && { evaluated: read(each, "evaluated", listOf(integer)) }),
  });
  yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), got);
};

const ofDensity: Section = function* (each) {
  const similarity = read(each, "similarity", oneOf(["cosine", "euclidean"] as const));
  yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), informationDensity(read(each, "features", table), { similarity }));
};

const weightedByDensity: Section = function* (each) {
  const got = densityWeighted(read(each, "utilities", numbers), read(each, "density", numbers), { power: read(each, "power", number) });
  yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), got);
};

const ofDomains: Section = function* (each) {
  const got = domainImportance(read(each, "source", table), read(each, "target", table), { penalty: read(each, "penalty", number) });
  yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), got);
};

/** Sections of one number per sample. */
export const scoreSections: Record<string, Section> = {
  probabilities_mean: meanOfDraws,
  uncertainty: scores({
    least_confidence: (p) => leastConfidence(p),
    least_confidence_normalized: (p) => leastConfidence(p, { normalized: true }),
    margin: negative((p) => margin(p, { normalized: false })),
    margin_of_confidence: (p) => margin(p),
    ratio: negative((p) => ratioOfConfidence(p, { normalized: false })),
    ratio_of_confidence: (p) => ratioOfConfidence(p),
    entropy_nats: (p) => entropy(p),
    entropy_bits: (p) => entropy(p, { base: "bits" }),
    entropy_normalized: (p) => entropy(p, { normalized: true }),
    variance,
  }),
  class_scores: scores({
    entropy: (p) => entropy(p, paper),
    least_confidence: (p) => leastConfidence(p),
    one_minus_margin: (p) => margin(p),
    variance,
  }),
  committee: scores({
    vote_entropy_nats: (p) => voteEntropy(p),
    vote_entropy_bits: (p) => voteEntropy(p, { base: "bits" }),
    vote_entropy_normalized: (p) => voteEntropy(p, { normalized: true }),
    soft_vote_entropy_nats: (p) => voteEntropy(p, { votes: "soft" }),
    consensus_entropy_nats: (p) => consensusEntropy(p),
    kl_to_consensus_nats: (p) => klToConsensus(p),
    max_kl_to_consensus_nats: (p) => klToConsensus(p, { over: "max" }),
    variation_ratio: variationRatio,
    bald_nats: (p) => bald(p),
  }),
  draws: scores({
    predictive_entropy_nats: (p) => entropy(p),
    expected_entropy_nats: (p) => expectedEntropy(p),
    bald_nats: (p) => bald(p),
    bald_bits: (p) => bald(p, { base: "bits" }),
    mean_standard_deviation: meanStandardDeviation,
  }),
  bald_class: scores({ value: (p) => bald(p, paper) }),
  gain_tv_class: scores({ value: classGainTv }),
  expected_cost: ofCosts,
  expected_gradient_length: ofGradients,
  expected_error_reduction: ofErrors,
  information_density: ofDensity,
  density_weighted: weightedByDensity,
  domain_importance: ofDomains,
};
