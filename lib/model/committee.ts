import { meanOverDraws } from "../probability/meanOverDraws";
import { trusted, type Probabilities } from "../probability/probabilities";
import { refuse } from "../runtime/refuse";
import type { Classifier, Embedding, Prediction } from "./classifier";
import { requireWeights } from "./requireWeights";

/**
 * Several classifiers of one task, each with weights of its own. It is a classifier itself: it predicts the members' mean,
 * and its draws are its members.
 */
export interface Committee extends Classifier {
  readonly members: readonly Classifier[];
}

/** The smallest probability whose logarithm a logit can hold. */
const tiny = 1e-38;

/**
 * Makes a committee for query by committee: `voteEntropy`, `klToConsensus` and the like look at its draws.
 *
 * Members may differ in their architecture, in the seed of their weights, or in what they learn from (see `fitCommittee`).
 * Its logits are log p̄, whose soft-max is p̄; its embedding holds the members' embeddings side by side.
 *
 * @param members two or more, of the same classes; `dispose` disposes of them
 * @example
 * const random = randomSource(1);
 * const members = [1, 2, 3].map((seed) => logistic({ inputs: 64, classes: 10, random: random.split(seed) }));
 * committee(members).members.length // 3
 * @throws {InputError} for fewer than two members, or members of different classes
 * @see Seung, Opper, Sompolinsky (1992), Query by committee
 */
export function committee(members: readonly Classifier[]): Committee {
  if (members.length < 2) refuse("committee", "at least two members", members.length);
  const [{ classes }] = members as [Classifier];
  members.forEach((member, i) => {
    if (member.classes !== classes) refuse("committee", `members of ${classes} classes`, member.classes, `member ${i}`);
  });
  return {
    members,
    classes,
    predict: (samples, options) => consensus(members.map((member) => member.predict(samples, options)), classes),
    draws: (samples, count) => ownDraws(members.map((member) => member.predict(samples)), count),
    look: async (samples, { embedding = false, draws } = {}) => {
      const looks: Prediction[] = [];
      for (const member of members) looks.push(await member.look(samples, { embedding }));
      return { ...consensus(looks, classes), ...(draws && { draws: ownDraws(looks, draws.count) }) };
    },
    weights: (options) => Object.fromEntries(members.flatMap((member, i) => Object.entries(member.weights(options)).map(([name, values]) => [`member${i + 1}.${name}`, values]))),
    restore(weights) {
      const stray = Object.keys(weights).find((name) => !members.some((_, i) => name.startsWith(`member${i + 1}.`)));
      if (stray !== undefined) refuse("restore", `weights of members 1 to ${members.length}`, stray);
      const parts = members.map((_, i) => weightsOf(weights, `member${i + 1}.`));
      members.forEach((member, i) => requireWeights(member.weights(), parts[i]!, `member${i + 1}.`)); // all of them, before any is changed
      members.forEach((member, i) => member.restore(parts[i]!));
    },
    clone: () => committee(members.map((member) => member.clone())),
    dispose: () => members.forEach((member) => member.dispose()),
  };
}

function ownDraws(predictions: readonly Prediction[], count: number): Probabilities {
  if (count !== predictions.length) refuse("draws", `${predictions.length} draws, one for each member of the committee`, count);
  return sideBySide(predictions.map(({ probabilities }) => probabilities));
}

function consensus(predictions: readonly Prediction[], classes: number): Prediction {
  const mean = meanOverDraws(sideBySide(predictions.map(({ probabilities }) => probabilities)));
  const logits = Float32Array.from(mean.values, (p) => Math.log(Math.max(p, tiny)));
  const said = { logits, probabilities: trusted(mean.values, mean.samples, classes, 1) };
  const embeddings = predictions.flatMap(({ embedding }) => embedding ?? []);
  return embeddings.length === predictions.length ? { ...said, embedding: joined(embeddings, mean.samples) } : said;
}

/** The weights whose names begin so, without that beginning. */
function weightsOf(weights: Readonly<Record<string, Float32Array>>, beginning: string): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(weights).flatMap(([name, values]) => (name.startsWith(beginning) ? [[name.slice(beginning.length), values]] : [])));
}

/** [sample, class] of every member to [sample, class, member]. */
function sideBySide(members: readonly Probabilities[]): Probabilities {
  const [{ samples, classes }] = members as [Probabilities];
  const values = new Float32Array(samples * classes * members.length);
  members.forEach((p, member) => p.values.forEach((value, row) => (values[row * members.length + member] = value)));
  return trusted(values, samples, classes, members.length);
}

function joined(embeddings: readonly Embedding[], samples: number): Embedding {
  const width = embeddings.reduce((sum, embedding) => sum + embedding.width, 0);
  const values = new Float32Array(samples * width);
  let from = 0;
  for (const embedding of embeddings) {
    for (let i = 0; i < samples; i++)
      values.set(embedding.values.subarray(i * embedding.width, (i + 1) * embedding.width), i * width + from);
    from += embedding.width;
  }
  return { values, width };
}
