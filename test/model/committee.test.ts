import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  activeLearning, ann, byUtility, committee, consensusEntropy, fitCommittee, fitCrowd, floatSamples, inMemory, klToConsensus, labeled, labelOracle, labelStrategy, loadDataset,
  logistic, randomInitialSet, randomSource, softmax, split, standardize, voteEntropy, type Committee, type Run,
} from "almq";
import { tf } from "../../lib/runtime/tensorflow";

const fit = { epochs: 20, batchSize: 64, learningRate: 5e-3, fidelity: "corrected" } as const;
const random = randomSource("committee");
let digits: Pick<Run, "pool" | "labels" | "test" | "oracle" | "initial">;

before(async () => {
  const data = await loadDataset("handwriting", { standIn: true, size: 400 });
  const { pool, test } = split(data, { testShare: 0.25, random: randomSource(1) });
  const scaled = (samples: typeof pool.samples) => inMemory(standardize(samples, pool.samples));
  const initial = randomInitialSet(pool.labels, 30, randomSource(2)).map((sample) => labeled(sample, pool.labels[sample]!));
  digits = { pool: scaled(pool.samples), labels: pool.labels, test: { ...test, samples: scaled(test.samples) }, oracle: labelOracle(pool.labels, 10), initial };
});

function mixed(): Committee {
  return committee([
    logistic({ inputs: 64, classes: 10, random: random.split("first") }),
    logistic({ inputs: 64, classes: 10, random: random.split("second") }),
    ann({ inputs: 64, hidden: 16, classes: 10, random: random.split("third") }),
  ]);
}

test("committee(members).draws(samples, members) are the members' predictions, and predict is their mean", () => {
  const team = mixed();
  const p = team.draws(digits.pool, 3, random);
  assert.deepEqual([p.samples, p.classes, p.draws], [digits.pool.count, 10, 3]);
  team.members.forEach((member, k) => {
    const own = member.predict(digits.pool).probabilities.values;
    assert.ok(own.every((value, row) => value === p.values[row * 3 + k]));
  });
  const { probabilities, logits, embedding } = team.predict(digits.pool, { embedding: true });
  probabilities.values.forEach((mean, row) => assert.ok(Math.abs(mean - (p.values[row * 3]! + p.values[row * 3 + 1]! + p.values[row * 3 + 2]!) / 3) < 1e-6));
  softmax(logits, 10).values.forEach((value, row) => assert.ok(Math.abs(value - probabilities.values[row]!) < 1e-6));
  assert.equal(embedding!.width, 64 + 64 + 16);
  const [first] = team.members;
  assert.deepEqual(embedding!.values.slice(144, 144 + 64), first!.predict(digits.pool, { embedding: true }).embedding!.values.slice(64, 128));
});

test("committee(members) refuses one member, members of other classes, and draws that are not its members", () => {
  const one = logistic({ inputs: 4, classes: 3, random });
  const other = logistic({ inputs: 4, classes: 2, random });
  assert.throws(() => committee([one]), /committee: expected at least two members, got 1/);
  assert.throws(() => committee([one, other]), /committee: expected members of 3 classes, got 2 at member 1/);
  assert.throws(() => committee([one, one]).draws(floatSamples(new Float32Array(4), [4]), 20, random), /draws: expected 2 draws, one for each member of the committee, got 20/);
});

test("fitCommittee() fits every member, each from its own seed; bagging gives them different observations", async () => {
  for (const bagging of [false, true]) {
    const twins = logistic({ inputs: 64, classes: 10, dropout: 0, random: random.split("twin") });
    const team = committee([twins, twins.clone()]);
    const settings = { ...fit, batchSize: 1000 }; // one batch, no dropout: only what is learned from can make twins differ
    const report = await fitCommittee({ bagging }).fit({ classifier: team, samples: digits.pool, observations: digits.initial, settings, random });
    assert.ok(report.losses.at(-1)! < report.losses[0]!);
    const { "member1.dense1.weight": a, "member2.dense1.weight": b } = team.weights();
    const apart = Math.max(...a!.map((value, i) => Math.abs(value - b![i]!)));
    assert.ok(bagging ? apart > 0.01 : apart < 1e-5, `${bagging}: ${apart}`);
  }
});

test("committee(members).clone() learns without its origin, and nothing leaks", async () => {
  const team = mixed();
  const before = team.weights();
  const copy = team.clone();
  const tensors = tf.memory().numTensors;
  await fitCommittee().fit({ classifier: copy, samples: digits.pool, observations: digits.initial, settings: { ...fit, epochs: 2 }, random });
  copy.draws(digits.pool, 3, random);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(team.weights(), before);
  assert.notDeepEqual(copy.weights(), before);
  copy.restore(before);
  assert.deepEqual(copy.weights(), before);
  assert.throws(() => copy.restore({ "dense1.bias": new Float32Array(10) }), /restore: expected weights of members 1 to 3, got dense1.bias/);
  const first = { "member1.dense1.bias": new Float32Array(10) };
  assert.throws(() => copy.restore({ ...first, "member2.dense1.bias": new Float32Array(9) }), /restore: expected 10 numbers, got 9 at member2.dense1.bias/);
  assert.throws(() => copy.restore({ ...first, "member2.dense9.bias": new Float32Array(10) }), /restore: expected weights of .*, got member2.dense9.bias/);
  assert.deepEqual(copy.weights(), before, "nothing is taken over then");
});

test("Query by committee runs end to end: vote entropy, KL to consensus and consensus entropy choose, the committee learns", async () => {
  const trainer = fitCommittee({ trainer: fitCrowd(), bagging: true });
  const runs = Object.entries({ QBC: voteEntropy, KL: klToConsensus, CE: consensusEntropy }).map(async ([name, criterion]) => {
    const strategy = labelStrategy(name, 3, byUtility((p) => criterion(p)));
    const { records } = await activeLearning({ ...digits, labels: digits.labels, classifier: mixed(), strategy, budget: 20, batchBudget: 5, fit, trainer, random: randomSource(5) });
    assert.ok(records.at(-1)!.test!.crossEntropy < records[0]!.test!.crossEntropy, `${name}: ${records[0]!.test!.crossEntropy} → ${records.at(-1)!.test!.crossEntropy}`);
    return records.map(({ question }) => question?.samples[0]).join();
  });
  assert.equal(new Set(await Promise.all(runs)).size, 3, "three criteria, three ways of asking");
});
