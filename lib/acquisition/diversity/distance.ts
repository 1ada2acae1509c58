import { refuse } from "../../runtime/refuse";
import { dot } from "../arithmetic/dot";
import type { Features } from "./features";

/** `"euclidean"`; `"manhattan"`, the sum of absolute differences; `"cosine"`, 1 − the cosine of the angle. */
export type Metric = "euclidean" | "manhattan" | "cosine";

/** Distances between rows, in a form quick to compare: `between` grows with the distance, `distance` turns it into one. */
export interface RowDistance {
  between(a: number, b: number): number;
  distance(between: number): number;
}

/**
 * The distance between rows of features under a metric.
 *
 * @throws {InputError} for a metric that is none of the three, and for a vector of length 0 under `"cosine"`
 */
export function rowDistance(features: Features, metric: Metric, caller: string): RowDistance {
  const { values, width } = features;
  if (metric === "euclidean") return { between: (a, b) => squaredDistance(values, a, values, b, width), distance: Math.sqrt };
  if (metric === "manhattan") return { between: (a, b) => absoluteDistance(values, a, b, width), distance: (between) => between };
  if (metric !== "cosine") refuse(caller, 'a metric of "euclidean", "manhattan" or "cosine"', metric);
  const directions = unitLength(features, caller); // between unit vectors ‖a − b‖² = 2 (1 − cos)
  return { between: (a, b) => squaredDistance(directions, a, directions, b, width), distance: (between) => between / 2 };
}

/** The squared Euclidean distance between two rows. */
export function squaredDistance(a: ArrayLike<number>, rowA: number, b: ArrayLike<number>, rowB: number, width: number): number {
  let even = 0;
  let odd = 0; // two sums keep the processor from waiting for the first
  let i = rowA * width;
  let j = rowB * width;
  for (const last = i + width - 1; i < last; i += 2, j += 2) {
    const first = a[i]! - b[j]!;
    const second = a[i + 1]! - b[j + 1]!;
    even += first * first;
    odd += second * second;
  }
  return width % 2 === 0 ? even + odd : even + odd + (a[i]! - b[j]!) ** 2;
}

/** Every row divided by its length. */
export function unitLength({ values, width, samples }: Features, caller: string): Float64Array {
  const directions = new Float64Array(values.length);
  for (let row = 0; row < samples; row++) {
    const length = Math.sqrt(dot(values, row, values, row, width));
    if (length === 0) refuse(caller, "vectors longer than 0 for their angle", 0, `sample ${row}`);
    for (let at = row * width; at < (row + 1) * width; at++) directions[at] = values[at]! / length;
  }
  return directions;
}

function absoluteDistance(values: ArrayLike<number>, a: number, b: number, width: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += Math.abs(values[a * width + j]! - values[b * width + j]!);
  return sum;
}
