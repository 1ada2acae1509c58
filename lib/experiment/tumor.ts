import { resNet18Transfer } from "../model/transfer";
import { imageStudy } from "./imageStudy";

/** The paper's study of brain tumours in MRI slices: ResNet-18, trained in all its stages. */
export const tumor = imageStudy({
  name: "tumor",
  initial: 100,
  budget: 300,
  batchBudget: 20,
  scale: { mean: [0.1868, 0.1868, 0.1869], standardDeviation: [0.202, 0.202, 0.2021] },
  costs: { all: [0.48, 0.56, 0.6], any: [0.5, 0.52] },
  model: "resNet18",
  transfer: resNet18Transfer,
});
