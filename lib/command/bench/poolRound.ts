/** One round of active learning on a pool, in a process of its own: `node poolRound.js FILE disk|blocks|whole|part`. */
import { createHash } from "node:crypto";
import { bald } from "../../acquisition/draws/bald";
import type { Samples } from "../../dataset/dataset";
import { inMemory } from "../../dataset/inMemory";
import { loadPool } from "../../dataset/pool/loadPool";
import { activeLearning } from "../../loop/activeLearning";
import { logistic } from "../../model/logistic";
import { labelOracle } from "../../oracle/labelOracle";
import { labeled } from "../../question/question";
import { randomSource } from "../../random/randomSource";
import { randomPart } from "../../selection/candidateFilter";
import { mostUseful } from "../../selection/mostUseful";
import type { Strategy } from "../../selection/strategy";
import { topK } from "../../selection/topK";
import { classes, classOf, features } from "./poolTable";

/** What a round took. Seconds and MB. */
export interface PoolRound {
  /** Opening the file; the first time, writing its rows. */
  readonly open: number;
  /** Looking at the pool under 20 draws and choosing 100 samples. */
  readonly choose: number;
  /** The round: both, the fits and two measurements of the model on the whole pool. */
  readonly round: number;
  /** Seconds that all cores together computed in the round. */
  readonly cpu: number;
  /** Read of the rows in the round. */
  readonly read: number;
  /** At the peak, resident. */
  readonly memory: number;
  /** Of the samples chosen, in their order. */
  readonly choice: string;
  readonly accuracy: number;
}

const batch = 100;
const seconds = async <T>(work: () => T | Promise<T>): Promise<[T, number]> => {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
};

async function main([file = "", way = "disk"]: readonly string[]): Promise<void> {
  const [pool, open] = await seconds(() => loadPool(file, { id: "id" }));
  let rowsRead = 0;
  const read: Samples["read"] = (rows, out) => {
    rowsRead += rows.length;
    pool.samples.read(rows, out);
  };
  const samples = way === "disk" || way === "part" ? { ...pool.samples, read } : inMemory(pool.samples);
  const random = randomSource(1);
  const labels = Int32Array.from({ length: samples.count }, (_, row) => classOf(row));
  const classifier = logistic({ inputs: features, classes, random: random.split("weights") });
  const streamed = mostUseful(bald, { name: "BALD", draws: 20, ...(way === "part" && { filter: randomPart(0.01) }) });
  const search: NonNullable<Strategy["searchBatch"]> = way === "whole" ? (view, candidates, batchSize, ties) => topK(bald(view.draws), { batchSize, candidates }, ties) : streamed.searchBatch!;
  let choose = 0;
  const strategy: Strategy = {
    ...streamed,
    searchBatch(...look) {
      const start = performance.now();
      const chosen = search(...look);
      choose = (performance.now() - start) / 1000;
      return chosen;
    },
  };
  const initial = Array.from({ length: 200 }, (_, sample) => labeled(sample, labels[sample]!));
  const fit = { epochs: 50, batchSize: 64, learningRate: 1e-2, fidelity: "corrected" } as const;
  const before = process.cpuUsage();
  const [{ records }, round] = await seconds(() => activeLearning({ pool: samples, labels, classifier, oracle: labelOracle(labels, classes), strategy, initial, budget: batch, batchBudget: batch, fit, random, ...(way === "part" && { measured: 100_000 }) }));
  const { user, system } = process.cpuUsage(before);
  const asked = records.slice(1).map(({ question }) => question!.samples[0]);
  const result: PoolRound = {
    open, choose, round, cpu: (user + system) / 1e6, read: Math.round((rowsRead * features * 4) / 1e6), memory: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
    choice: createHash("sha256").update(asked.join()).digest("hex").slice(0, 16), accuracy: records.at(-1)!.pool.accuracy,
  }; // prettier-ignore
  console.log(JSON.stringify(result));
}

void main(process.argv.slice(2));
