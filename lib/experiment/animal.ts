import { resNet50Transfer } from "../model/transfer";
import { imageStudy } from "./imageStudy";

/** The paper's study of ten kinds of animals: ResNet-50 with its first three stages frozen. */
export const animal = imageStudy({
  name: "animal",
  initial: 100,
  budget: 500,
  batchBudget: 50,
  scale: { mean: [0.5183, 0.501, 0.4131], standardDeviation: [0.2681, 0.2632, 0.2808] },
  costs: { all: [0.36, 0.42, 0.45], any: [0.375, 0.39] },
  model: "resNet50",
  transfer: resNet50Transfer,
});
