import { refuse } from "../../runtime/refuse";
import type { DatasetEntry } from "./datasetEntry";

/** Refuses a stand-in with fewer samples than the classes need, or more than the real set has: none is meant to be larger. */
export function requireStandInSize({ name, counts }: DatasetEntry, size: number, caller: string): void {
  if (!(Number.isInteger(size) && size >= 10 && size <= counts.pool)) refuse(caller, `a stand-in for ${name} of 10 to ${counts.pool} samples`, size);
}
