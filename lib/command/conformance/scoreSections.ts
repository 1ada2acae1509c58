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
import { cases, fields, has, integer, listOf, number, numbers, read, readOr, table, text, truth } from "./place";

type Score = (p: Probabilities) => Float64Array;

const paper = { smoothing: 1e-5 };
const negative = (score: Score): Score => (p) => score(p).map((utility) => -utility);

/** Rows of one sample each: every field beside `sample` is a score of the file's probabilities. */
function scores(byField: Record<string, Score>): Section {
  return function* (content, shared, unknown) {
    const p = shared.probabilities();
    const computed = new Map<string, Float64Array>();
    for (const row of cases(content)) {
      const sample = read(row, "sample", integer);
      if (sample < 0 || sample >= p.samples) refuse("conformance", `a sample from 0 to ${p.samples - 1}`, sample, `${row.path}.sample`);
      for (const field of Object.keys(fields(row))) {
        if (field === "sample") continue;
        const score = Object.hasOwn(byField, field) ? byField[field] : undefined;
        if (score === undefined) unknown(field);
        else {
          if (!computed.has(field)) computed.set(field, score(p));
          yield sameNumber(`${row.path}.${field}`, read(row, field, number), computed.get(field)![sample]!);
        }
      }
    }
  };
}

const meanOfDraws: Section = function* (content, shared) {
  const expected = table(content);
  yield* sameNumbers(content.path, expected.flat(), shared.mean().values);
};

const ofCosts: Section = function* (content, shared) {
  for (const each of cases(content))
    yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), expectedCost(shared.probabilities(), read(each, "costs", table)));
};

const ofGradients: Section = function* (content) {
  for (const each of cases(content)) {
    const got = expectedGradientLength(read(each, "probabilities", table), read(each, "embeddings", table), { bias: readOr(each, "bias", truth, true) });
    yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), got);
  }
};

const ofErrors: Section = function* (content, shared) {
  for (const each of cases(content)) {
    const after = has(each, "after") ? read(each, "after", listOf(listOf(table))) : undefined;
    const p = has(each, "probabilities") ? read(each, "probabilities", table) : shared.probabilities();
    const candidates = has(each, "candidates") ? read(each, "candidates", listOf(integer)) : undefined;
    const refit = after === undefined ? "draws" : (candidate: number, label: number) => after[candidates?.indexOf(candidate) ?? candidate]![label]!;
    const got = expectedErrorReduction(p, refit, {
      loss: oneOf(read(each, "loss", text), ["log", "zeroOne"] as const),
      ...(candidates && { candidates }),
      ...(has(each, "evaluated") && { evaluated: read(each, "evaluated", listOf(integer)) }),
    });
    yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), got);
  }
};

const ofDensity: Section = function* (content) {
  for (const each of cases(content)) {
    const similarity = oneOf(read(each, "similarity", text), ["cosine", "euclidean"] as const);
    yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), informationDensity(read(each, "features", table), { similarity }));
  }
};

const weightedByDensity: Section = function* (content) {
  for (const each of cases(content)) {
    const got = densityWeighted(read(each, "utilities", numbers), read(each, "density", numbers), { power: read(each, "power", number) });
    yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), got);
  }
};

const ofDomains: Section = function* (content) {
  for (const each of cases(content)) {
    const got = domainImportance(read(each, "source", table), read(each, "target", table), { penalty: read(each, "penalty", number) });
    yield* sameNumbers(`${each.path}.values`, read(each, "values", numbers), got);
  }
};

/** One of the words an option may be. */
export function oneOf<T extends string>(given: string, words: readonly T[]): T {
  return words.find((word) => word === given) ?? refuse("conformance", words.join(" or "), given);
}

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
