import assert from "node:assert/strict";
import type { FitRequest } from "almq";
import { tf } from "../../lib/runtime/tensorflow";
import { assertNear } from "../acquisition/near";

/** oneDNN's products do not depend on what else is in a batch; others do, in their last bits. */
const engine = tf.backend() as { isUsingGpuDevice?: boolean };
export const exact = process.arch === "x64" && engine.isUsingGpuDevice === false && process.env.TF_ENABLE_ONEDNN_OPTS !== "0";

export const weightsOf = ({ classifier }: FitRequest) => classifier.weights();

/** Fits that must not depend on their company: the same bits where the machine can, the same to rounding elsewhere. */
export function assertSameWeights(got: readonly FitRequest[], expected: readonly FitRequest[]): void {
  if (exact) assert.deepEqual(got.map(weightsOf), expected.map(weightsOf));
  got.forEach((one, i) => Object.entries(weightsOf(one)).forEach(([name, w]) => assertNear(w, weightsOf(expected[i]!)[name]!, 1e-3)));
}
