import { badge, gradientDistances } from "../../acquisition/diversity/badge";
import { batchBald, jointMutualInformation } from "../../acquisition/draws/batchBald";
import { coreSet, coverRadius } from "../../acquisition/diversity/coreSet";
import { facilityLocation } from "../../acquisition/diversity/facilityLocation";
import { kMeans } from "../../acquisition/diversity/kMeans";
import { kMeansRepresentatives } from "../../acquisition/diversity/kMeansRepresentatives";
import { probCover } from "../../acquisition/diversity/probCover";
import { typiClust } from "../../acquisition/diversity/typiClust";
import { randomSource, type RandomSource } from "../../random/randomSource";
import { classBalanced } from "../../selection/classBalanced";
import { powerSampling } from "../../selection/powerSampling";
import { softmaxSampling } from "../../selection/softmaxSampling";
import { topK } from "../../selection/topK";
import { uncertaintyThenCluster } from "../../selection/uncertaintyThenCluster";
import { sameChance, sameList, sameNumber, sameNumbers, sameSet, type Check, type Section } from "./check";
import { has, integer, integers, items, number, numbers, oneOf, read, readOr, table, type Place } from "./place";

const seeded = () => randomSource("conformance");

const batchBaldInformation: Section = function* (row, shared) {
  const got = jointMutualInformation(shared.probabilities(), read(row, "samples", integers));
  yield sameNumber(`${row.path}.joint_mutual_information_nats`, read(row, "joint_mutual_information_nats", number), got);
};

const batchBaldPicks: Section = function* (row, shared) {
  const picks = read(row, "picks", integers);
  yield sameList(`${row.path}.picks`, picks, batchBald(shared.probabilities(), { batchSize: picks.length }, seeded()));
};

const badgeSection: Section = function* (place) {
  const p = read(place, "probabilities", table);
  const h = read(place, "embeddings", table);
  const [first] = badge(p, h, { batchSize: 1 }, seeded());
  if (has(place, "first_centre")) yield sameList(`${place.path}.first_centre`, [read(place, "first_centre", integer)], [first!]);
  if (has(place, "distance_to_first")) yield* sameNumbers(`${place.path}.distance_to_first`, read(place, "distance_to_first", numbers), gradientDistances(p, h, first!));
  if (has(place, "second_centre_chances")) {
    const second = (random: RandomSource) => [badge(p, h, { batchSize: 2 }, random)[1]!];
    const chances = read(place, "second_centre_chances", numbers).map((chance, sample) => ({ picks: [sample], chance }));
    yield* sameChances(`${place.path}.second_centre_chances`, chances, second);
  }
};

const coreSetSection: Section = function* (place) {
  const features = read(place, "features", table);
  const labeled = readOr(place, "labeled", integers, []);
  const metric = readOr(place, "metric", oneOf(["euclidean", "manhattan", "cosine"] as const), "euclidean");
  const picks = read(place, "picks", integers);
  const got = coreSet(features, { batchSize: picks.length, labeled, metric }, seeded());
  yield sameList(`${place.path}.picks`, picks, got);
  if (has(place, "cover_radius")) yield sameNumber(`${place.path}.cover_radius`, read(place, "cover_radius", number), coverRadius(features, [...labeled, ...got], metric));
};

const facilityLocationSection: Section = function* (place) {
  const features = read(place, "features", table);
  const picks = read(place, "picks", integers);
  const reference = has(place, "reference") ? { reference: read(place, "reference", integers) } : {};
  yield sameList(`${place.path}.picks`, picks, facilityLocation(features, { batchSize: picks.length, labeled: readOr(place, "labeled", integers, []), ...reference }, seeded()));
};

const kMeansSection: Section = function* (place) {
  const initial = read(place, "initial", table);
  const weights = has(place, "weights") ? { weights: read(place, "weights", numbers) } : {};
  const got = kMeans(read(place, "features", table), { clusters: initial.length, initial, ...weights }, seeded());
  yield* sameNumbers(`${place.path}.centres`, read(place, "centres", table).flat(), got.centres);
  yield sameList(`${place.path}.assignment`, read(place, "assignment", integers), got.assignment);
  yield sameNumber(`${place.path}.inertia`, read(place, "inertia", number), got.inertia);
};

const representatives: Section = function* (place) {
  const picks = read(place, "picks", integers);
  yield sameSet(`${place.path}.picks`, picks, kMeansRepresentatives(read(place, "features", table), { batchSize: picks.length }, seeded()));
};

const typiClustSection: Section = function* (place) {
  const picks = read(place, "picks", integers);
  const options = { batchSize: picks.length, labeled: readOr(place, "labeled", integers, []), neighbours: read(place, "neighbours", integer) };
  yield sameList(`${place.path}.picks`, picks, typiClust(read(place, "features", table), options, seeded()));
};

const probCoverSection: Section = function* (place) {
  const picks = read(place, "picks", integers);
  const options = { batchSize: picks.length, labeled: readOr(place, "labeled", integers, []), radius: read(place, "radius", number) };
  yield sameList(`${place.path}.picks`, picks, probCover(read(place, "features", table), options, seeded()));
};

const topKSection: Section = function* (place) {
  const picks = read(place, "picks", integers);
  yield sameList(`${place.path}.picks`, picks, topK(read(place, "utilities", numbers), { batchSize: picks.length }, seeded()));
};

const classBalancedSection: Section = function* (place) {
  const picks = read(place, "picks", integers);
  const options = { batchSize: picks.length, labeledPerClass: read(place, "labeled_per_class", integers) };
  const got = classBalanced(read(place, "utilities", numbers), read(place, "probabilities", table), options, seeded());
  yield sameList(`${place.path}.picks`, picks, got);
};

const hybrid: Section = function* (place) {
  const picks = read(place, "picks", integers);
  const options = { batchSize: picks.length, factor: read(place, "factor", number) };
  yield sameSet(`${place.path}.picks`, picks, uncertaintyThenCluster(read(place, "utilities", numbers), read(place, "features", table), options, seeded()));
};

/** Ordered draws and their chances, against the same draw under many seeds. */
function* sameChances(path: string, expected: readonly { picks: readonly number[]; chance: number }[], draw: (random: RandomSource) => ArrayLike<number>): Iterable<Check> {
  const runs = 20_000;
  const counts = new Map<string, number>();
  for (let run = 0; run < runs; run++) {
    const picks = Array.from(draw(randomSource(`conformance ${run}`))).join();
    counts.set(picks, (counts.get(picks) ?? 0) + 1);
  }
  for (const { picks, chance } of expected) yield sameChance(`${path} of ${picks.join(", ")}`, chance, counts.get(picks.join()) ?? 0, runs);
}

function ofSampler(sample: (utilities: number[], batchSize: number, place: Place, random: RandomSource) => Int32Array): Section {
  return function* (place) {
    const utilities = read(place, "utilities", numbers);
    const chances = read(place, "chances", items).map((row) => ({ picks: read(row, "picks", integers), chance: read(row, "chance", number) }));
    const batchSize = chances[0]?.picks.length ?? 1;
    yield* sameChances(`${place.path}.chances`, chances, (random) => sample(utilities, batchSize, place, random));
  };
}

/** Sections about which samples are chosen together. */
export const batchSections: Record<string, Section> = {
  batch_bald: batchBaldInformation,
  batch_bald_picks: batchBaldPicks,
  badge: badgeSection,
  core_set: coreSetSection,
  facility_location: facilityLocationSection,
  k_means: kMeansSection,
  k_means_representatives: representatives,
  typi_clust: typiClustSection,
  prob_cover: probCoverSection,
  top_k: topKSection,
  class_balanced: classBalancedSection,
  uncertainty_then_cluster: hybrid,
  power_sampling: ofSampler((utilities, batchSize, place, random) => powerSampling(utilities, { batchSize, power: read(place, "power", number) }, random)),
  softmax_sampling: ofSampler((utilities, batchSize, place, random) => softmaxSampling(utilities, { batchSize, temperature: read(place, "temperature", number) }, random)),
};
