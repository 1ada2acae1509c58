import { simpleCnn } from "../model/simpleCnn";
import { paperStrategies } from "./paperStrategies";
import { givenSplit, type Study } from "./study";

/** The paper's MNIST study: a small convolutional network, the given test set. */
export const mnist: Study = {
  name: "mnist",
  dataset: "mnist",
  initial: 100,
  budget: 200,
  batchBudget: 10,
  fit: { epochs: 30, batchSize: 64, learningRate: 1e-3 },
  exploration: { rate: 0.25, initialQuantile: 0.05 },
  full: "first replicate",
  split: givenSplit,
  classifier: (data, random) => simpleCnn({ classes: data.classes.length, random }),
  strategies: (fidelity) => paperStrategies({ all: [0.3, 0.4, 0.43], any: [0.37, 0.4] }, fidelity),
};
