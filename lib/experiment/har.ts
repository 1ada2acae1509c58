import { inMemory } from "../dataset/inMemory";
import { standardize } from "../dataset/standardize";
import { ann } from "../model/ann";
import { paperStrategies } from "./paperStrategies";
import { givenSplit, type Study } from "./study";

/** The paper's study of human activity: 561 features of phone signals, one hidden layer, the given test set. */
export const har: Study = {
  name: "har",
  dataset: "har",
  initial: 200,
  budget: 120,
  batchBudget: 12,
  fit: { epochs: 100, batchSize: 128, learningRate: 1e-3 },
  exploration: { rate: 0.25, initialQuantile: 0.05 },
  split(data) {
    const { pool, test } = givenSplit(data);
    const scaled = (part: typeof pool) => ({ ...part, samples: inMemory(standardize(part.samples, pool.samples)) });
    return { pool: scaled(pool), test: scaled(test) };
  },
  classifier: (data, random) => ann({ inputs: 561, classes: data.classes.length, hidden: 128, dropout: 0.25, random }),
  strategies: (fidelity) => paperStrategies({ all: [0.39, 0.47, 0.49], any: [0.43, 0.45] }, fidelity),
};
