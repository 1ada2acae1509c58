import { tf } from "../runtime/tensorflow";
import { sizeOf, type LayerMaker } from "./layer";

/** Makes one vector of every sample, row-major (height, width, channel for images). */
export function flatten(): LayerMaker {
  return (inputShape, position) => ({
    kind: "flatten",
    name: `flatten${position}`,
    inputShape,
    outputShape: [sizeOf(inputShape)],
    parameters: [],
    forward: (x) => tf.reshape(x, [x.shape[0]!, x.shape[1]!, sizeOf(inputShape)]),
  });
}
