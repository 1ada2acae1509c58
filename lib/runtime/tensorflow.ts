/**
 * The one place that loads TensorFlow: the native library, or tfjs in plain JavaScript where that is missing.
 * Only `model/`, `training/` and TensorBoard's tracker import it.
 */
import * as tf from "@tensorflow/tfjs-node";

export { tf };
