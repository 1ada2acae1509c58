import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allOffer, anyOffer, exchange, gainTvCriterion, meanOverDraws, probabilities, questionBaldCriterion, randomSource, screen, searchQuestion, type Probabilities } from "almq";
import { tieBreaker } from "../../lib/acquisition/arithmetic/tieBreaker";
import { drawWithoutReplacement } from "../../lib/random/shuffle";

const [samples, classes, draws] = [120, 5, 10];
const offers = [2, 3, 4, 5].flatMap((size) => [
  { ...allOffer({ size, cost: 1, threshold: 0.3 }), kind: "all" as const },
  { ...anyOffer({ size, cost: 1 }), kind: "any" as const },
]);
const criteria = [gainTvCriterion(), questionBaldCriterion()];

test("searchQuestion(…) finds the best over all classes of exchange(…) from the same starts, equal ones by their rank", () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(1, 3, samples), fc.constantFrom(...offers), fc.constantFrom(...criteria), fc.constantFrom("paper", "full"), (seed, sorts, offer, criterion, mode) => {
      const p = predictions(seed, sorts);
      const mean = meanOverDraws(p);
      const candidates = Int32Array.from({ length: samples }, (_, i) => i).filter((i) => i % 5 > 0);
      const random = randomSource(seed);
      const ties = () => randomSource(seed).split("ties");
      const rank = tieBreaker(ties());
      const found = Array.from({ length: classes }, (_, y) => {
        const kept = screen(mean, offer, y, candidates, mode === "paper" ? 2 : offer.size);
        const start = drawWithoutReplacement(kept.length < offer.size ? candidates : kept, offer.size, random);
        const entering = kept.length > offer.size ? kept : [];
        return { y, ...exchange(p, { kind: offer.kind, class: y, samples: start }, criterion, entering, mode, ties()) };
      });
      const [{ question, value }] = found.sort((a, b) => b.value - a.value || rank(a.y) - rank(b.y)) as [(typeof found)[0]];
      assert.deepEqual(searchQuestion({ draws: p, mean }, offer, criterion, candidates, mode, randomSource(seed)), { question, value });
    }),
    { numRuns: 300 },
  );
});

/** Predictions of so many sorts: the classes of each come in turned order, so that with few sorts many questions are equal. */
function predictions(seed: number, sorts: number): Probabilities {
  const random = randomSource(seed).split("predictions");
  const prototypes = Array.from({ length: sorts }, () => {
    const centre = Array.from({ length: classes }, () => 2 * random.normal());
    return Array.from({ length: draws }, () => softmax(centre.map((z) => z + random.normal())));
  });
  const values = new Float32Array(samples * classes * draws);
  for (let sample = 0; sample < samples; sample++) {
    const turn = random.integer(classes);
    prototypes[random.integer(sorts)]!.forEach((row, k) => row.forEach((each, l) => (values[(sample * classes + ((l + turn) % classes)) * draws + k] = each)));
  }
  return probabilities(values, { samples, classes, draws });
}

function softmax(logits: readonly number[]): number[] {
  const weights = logits.map(Math.exp);
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
}
