import type { RandomSource } from "../../random/randomSource";
import { npyStandIn } from "./animalStandIn";
import { drawSlice } from "./scene/slice";
import type { StandInFiles } from "./standInFiles";

/** The four diagnoses, in the paper's order: glioma, meningioma, none, pituitary. */
export const tumorFiles = ["gliomax.npy", "meningiomax.npy", "notumorx.npy", "pituitaryx.npy"] as const;

/** Draws slices of a head of 224 × 224, one NumPy file per diagnosis. */
export function tumorStandIn(size: number, random: RandomSource): StandInFiles {
  return npyStandIn(tumorFiles, size, random, (diagnosis, draws) => drawSlice(diagnosis, 224, draws));
}
