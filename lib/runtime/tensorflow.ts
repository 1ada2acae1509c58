/** The one place that loads TensorFlow. Only `model/` and `training/` import it. */
import util from "node:util";

process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
// tfjs-node 4.22 still calls two functions that Node removed in version 23.
const removed = util as unknown as Record<string, unknown>;
removed.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
removed.isArray ??= Array.isArray;

import * as tf from "@tensorflow/tfjs-node-gpu";

export { tf };
