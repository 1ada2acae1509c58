import { inMemory } from "../dataset/inMemory";
import { split } from "../dataset/split";
import { standardize } from "../dataset/standardize";
import { logistic } from "../model/logistic";
import { paperStrategies } from "./paperStrategies";
import type { Study } from "./study";

/**
 * The paper's handwriting study: UCI's 8 × 8 digits, logistic regression with dropout on its input.
 *
 * `"paper"` scales the features by pool and test set together, a small leak; `"corrected"` by the pool alone.
 */
export const handwriting: Study = {
  name: "handwriting",
  dataset: "handwriting",
  initial: 150,
  budget: 100,
  batchBudget: 5,
  fit: { epochs: 200, batchSize: 128, learningRate: 1e-3 },
  exploration: { rate: 0.25, initialQuantile: 0.05 },
  split(data, fidelity, random) {
    const { pool, test } = split(data, { testShare: 0.2, random });
    const by = fidelity === "paper" ? data.samples : pool.samples;
    const scaled = (part: typeof pool) => ({ ...part, samples: inMemory(standardize(part.samples, by)) });
    return { pool: scaled(pool), test: scaled(test) };
  },
  classifier: (data, random) => logistic({ inputs: 64, classes: data.classes.length, dropout: 0.25, random }),
  strategies: (fidelity) => paperStrategies({ all: [0.27, 0.32, 0.34], any: [0.28, 0.29] }, fidelity),
};
