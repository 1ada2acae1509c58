import { tf } from "../runtime/tensorflow";
import type { LayerMaker } from "./layer";

/** Sets negative values to 0: y = max(x, 0). */
export function relu(): LayerMaker {
  return (inputShape, position) => ({
    kind: "relu",
    name: `relu${position}`,
    inputShape,
    outputShape: inputShape,
    parameters: [],
    forward: (x) => tf.relu(x),
  });
}
